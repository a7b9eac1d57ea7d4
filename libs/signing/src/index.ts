export { adoptionOf, digestOfGuideline, lawOf, type RecordedAdoption } from './adopted-text.js';
export { canonical, digestOf } from './canonical.js';
export { generateKeySet, KeySet, loadKeySet, NotAuthentic, rotateSigningKey, seal, verify } from './key-set.js';
export type { JSONWebKeySet } from 'jose';
