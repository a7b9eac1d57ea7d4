import { readConfig, serve } from '@sekisho/service';
import { scheduling, schedulingConfig } from './app.module.js';

await serve(scheduling(readConfig(schedulingConfig)));
