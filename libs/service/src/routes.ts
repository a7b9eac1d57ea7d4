import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner } from '@nestjs/core';
import { declaredPermission, type Permission } from '@sekisho/identity';
import { workOf } from './work-request.js';

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly permission: Permission | 'public' | undefined;
  /** Whether it changes something, and so takes an Idempotency-Key. */
  readonly writes: boolean;
}

const join = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;

function takesWork(controller: Type, handler: string): boolean {
  const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) as object | undefined;
  return Object.values(taken ?? {}).some(({ factory }: { factory?: unknown }) => factory === workOf);
}

/** Every route of some controllers with what it declares; for the check at start and the matrix role × route. */
export function routesOf(controllers: readonly Type[]): Route[] {
  const scanner = new MetadataScanner();
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, object>;
    const base = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat()[0] ?? '';
    return scanner.getAllMethodNames(prototype).flatMap((name): Route[] => {
      const handler = prototype[name]!;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const paths = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
      return paths.map((path) => ({
        method: RequestMethod[method],
        path: join(base, path),
        permission: declaredPermission(handler),
        writes: method !== RequestMethod.GET && takesWork(controller, name),
      }));
    });
  });
}

/** Deny by default: a route that declares no permission keeps the service from starting. */
export function refuseUndeclaredRoutes(routes: readonly Route[]): void {
  const undeclared = routes.filter(({ permission }) => permission === undefined);
  if (undeclared.length === 0) return;
  const list = undeclared.map(({ method, path }) => `  ${method} ${path}`).join('\n');
  throw new Error(`These routes declare neither a permission nor @Public():\n${list}`);
}
