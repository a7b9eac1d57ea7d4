export { ANSWER, dmnOf, DMN_MEDIA_TYPE, namespaceOf } from './dmn-of.js';
