import { readConfig, serve } from '@sekisho/service';
import { oversightConfig, oversightReporting } from './app.module.js';

await serve(oversightReporting(readConfig(oversightConfig)));
