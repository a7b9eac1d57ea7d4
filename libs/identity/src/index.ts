export { CurrentPrincipal, declaredPermission, NotPermitted, Permit, PermissionGuard, Public } from './guard.js';
export { type IssuerConfig, issuerConfig, issuersConfig } from './issuers.js';
export { mayDo, type Permission, PERMISSIONS } from './permissions.js';
export { named, type Principal, toActor } from './principal.js';
export { IssuerUnavailable, NotAuthenticated, TokenVerifier } from './token-verifier.js';
