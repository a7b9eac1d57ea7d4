import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { ProblemError } from './problem-error.js';

/** The media type that an `Accept` header likes best, the first for whoever does not mind; undefined where it takes none of them. */
export function acceptedType<Type extends string>(
  types: readonly Type[],
  accept: string | undefined,
): Type | undefined {
  const header = accept === undefined || accept.trim() === '' ? '*/*' : accept;
  const [best] = new Negotiator({ headers: { accept: header } }).mediaTypes([...types]);
  return types.find((type) => type === best);
}

/** The media type, of those that a route gives out, in which the call under way is to be answered. Where none is accepted, the answer is 406. */
export const AcceptedType = createParamDecorator((types: readonly string[], context: ExecutionContext): string => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  const found = acceptedType(types, headers.accept);
  if (found === undefined)
    throw new ProblemError('not-acceptable', { code: 'given-as', values: { types: types.join(', ') } });
  return found;
});
