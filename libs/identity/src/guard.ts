import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mayDo, type Permission } from './permissions.js';
import type { Principal } from './principal.js';
import { NotAuthenticated, TokenVerifier } from './token-verifier.js';

const PERMISSION = 'sekisho:permission';
const PUBLIC = Symbol('public');

/** Declares what a route needs. A route that declares nothing keeps the service from starting. */
export const Permit = (permission: Permission) => SetMetadata(PERMISSION, permission);
/** Declares that a route is open to everyone: health, keys, the API's own description. */
export const Public = () => SetMetadata(PERMISSION, PUBLIC);

/** What a handler declares: a permission, `public`, or nothing. */
export function declaredPermission(handler: object): Permission | 'public' | undefined {
  const value: unknown = Reflect.getMetadata(PERMISSION, handler);
  return value === PUBLIC ? 'public' : (value as Permission | undefined);
}

/** The role does not have the permission that the route declares. */
export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';
  constructor(readonly permission: Permission) {
    super(`needs the permission ${permission}`);
  }
}

interface AuthenticatedRequest {
  headers: Record<string, string | undefined>;
  principal?: Principal;
}

/** Denies by default: no valid token, or a role without the declared permission, and the handler is never reached. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const declared = this.reflector.get<Permission | typeof PUBLIC | undefined>(PERMISSION, context.getHandler());
    if (declared === PUBLIC) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const [, token] = /^Bearer +([^ ]+)$/i.exec(request.headers['authorization'] ?? '') ?? [];
    if (token === undefined) throw new NotAuthenticated('the Authorization header holds no bearer token');
    const principal = await this.tokens.verify(token);
    if (typeof declared !== 'string') throw new Error('route without a declared permission');
    if (!mayDo(principal.roles, declared)) throw new NotPermitted(declared);
    request.principal = principal;
    return true;
  }
}

/** The verified principal of the request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('a public route has no principal');
  return principal;
});
