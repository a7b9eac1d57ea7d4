// Writes the golden files anew, to be read before they are committed: node libs/documents/dist/test/write-golden.js
import { writeFileSync } from 'node:fs';
import { GOLDEN, golden } from './golden.js';

for (const [name, content] of golden()) writeFileSync(new URL(name, GOLDEN), content);
