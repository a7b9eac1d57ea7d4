import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** What a write answers, as it is kept under its Idempotency-Key: status, JSON body, headers. */
export class Answer<Body = unknown> {
  constructor(
    readonly status: number,
    readonly body: Body,
    readonly headers: Record<string, string> = {},
  ) {}
}

/** Turns an {@link Answer} into the reply; a refusal is told as problem details. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((value: unknown) => {
        if (!(value instanceof Answer)) return value;
        // What is kept of a refusal is kept in English.
        const problem = { 'content-type': 'application/problem+json', 'content-language': 'en' };
        reply.status(value.status).headers({ ...(value.status >= 400 ? problem : {}), ...value.headers });
        return value.body;
      }),
    );
  }
}
