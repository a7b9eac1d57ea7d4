import { readConfig, serve } from '@sekisho/service';
import { classification, classificationConfig } from './app.module.js';

await serve(classification(readConfig(classificationConfig)));
