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
    await this.admit(context.switchToHttp().getRequest<AuthenticatedRequest>(), declared);
    return true;
  }

  /**
   * Lets a request in, and notes whose it is. Throws {@link NotAuthenticated}, {@link NotPermitted} or what else keeps it out. A request
   * that was let in before its body was read has its principal, and is not verified twice.
   */
  async admit(request: AuthenticatedRequest, permission: Permission | undefined): Promise<void> {
    const principal = request.principal ?? (await this.tokens.verify(bearerToken(request)));
    if (permission === undefined) throw new Error('route without a declared permission');
    if (!mayDo(principal.roles, permission)) throw new NotPermitted(permission);
    request.principal = principal;
  }
}

function bearerToken({ headers }: AuthenticatedRequest): string {
  const [, token] = /^Bearer +([^ ]+)$/i.exec(headers['authorization'] ?? '') ?? [];
  if (token === undefined) throw new NotAuthenticated('the Authorization header holds no bearer token');
  return token;
}

/** The verified principal of the request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('a public route has no principal');
  return principal;
});
