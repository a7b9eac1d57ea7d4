import type { ThreeValued } from '../facts.js';
import type { Condition, KnownCondition, Words } from '../provision.js';

export type ServersAsked = Extract<Condition | KnownCondition, { servers: string }>['servers'];

/** What a provision may ask of where the servers are, as it was answered. */
export const SERVERS_ASKED = {
  SOME_OVERSEAS: {
    TRUE: { en: 'at least one server is overseas', ja: '国外のサーバーがある' },
    FALSE: { en: 'no server is overseas', ja: '国外のサーバーはない' },
    UNKNOWN: {
      en: 'whether any server is overseas is not established',
      ja: '国外のサーバーがあるかどうかは、確定していない',
    },
  },
  SOME_DOMESTIC: {
    TRUE: { en: 'at least one server is in Japan', ja: '国内のサーバーがある' },
    FALSE: { en: 'no server is in Japan', ja: '国内のサーバーはない' },
    UNKNOWN: {
      en: 'whether any server is in Japan is not established',
      ja: '国内のサーバーがあるかどうかは、確定していない',
    },
  },
  ALL_DOMESTIC: {
    TRUE: { en: 'all servers are in Japan', ja: 'すべてのサーバーが国内にある' },
    FALSE: { en: 'not all servers are in Japan', ja: '国内にないサーバーがある' },
    UNKNOWN: {
      en: 'whether all servers are in Japan is not established',
      ja: 'すべてのサーバーが国内にあるかどうかは、確定していない',
    },
  },
  SOME_NOT_KNOWN_DOMESTIC: {
    TRUE: {
      en: 'at least one server is not known to be in Japan',
      ja: '国内にあることが明らかでないサーバーがある',
    },
    FALSE: { en: 'every server is known to be in Japan', ja: 'すべてのサーバーが国内にあることは明らかである' },
    // What is not known counts as a risk: the question has no third answer.
    UNKNOWN: { en: 'where the servers are is not established', ja: 'サーバーの所在は、確定していない' },
  },
} as const satisfies Record<ServersAsked, Record<ThreeValued, Words>>;
