export { canonical, digestOf } from './canonical.js';
export { generateKeySet, KeySet, loadKeySet, NotAuthentic, seal, verify } from './key-set.js';
export type { JSONWebKeySet } from 'jose';
