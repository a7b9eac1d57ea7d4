import { readConfig, serve } from '@sekisho/service';
import { agencyTasking, taskingConfig } from './app.module.js';

await serve(agencyTasking(readConfig(taskingConfig)));
