import { readConfig, serve } from '@sekisho/service';
import { classification, classificationConfig } from './app.module.js';
import { loadDrafts } from './replays/load-drafts.js';

const config = readConfig(classificationConfig);
await serve(classification(config, await loadDrafts(config.SEKISHO_DRAFT_GUIDELINES)));
