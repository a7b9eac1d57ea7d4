import { z } from 'zod';
import { returnBody, sealedOrder } from '../order.js';
import { id, instant } from '../primitives.js';

/** What an agency is told. */
export const agencyTaskingEvents = {
  'order-issued.v1': sealedOrder,
  'order-stopped.v1': sealedOrder,
  'order-suspended.v1': z.object({ orderId: id, reason: z.string(), at: instant }),
  /** What was suspended may go on. */
  'order-resumed.v1': z.object({ orderId: id, reason: z.string(), at: instant }),
  'return-rejected.v1': z.object({
    jti: z.string().nullable(),
    orderId: z.string().nullable(),
    reason: z.string(),
    at: instant,
  }),
};

/** What an agency answers. Its messages need no `ce_` headers: a return is known by the `jti` of its JWS. */
export const agencyReturnEvents = { 'return-submitted.v1': returnBody };
