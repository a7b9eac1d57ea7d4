import { readConfig, serve } from '@sekisho/service';
import { incidentIntake, intakeConfig } from './app.module.js';

await serve(incidentIntake(readConfig(intakeConfig)));
