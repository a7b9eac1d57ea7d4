import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';

export type AddressKind = 'IPV4' | 'IPV6' | 'DOMAIN' | 'URL';

/** What an address names, however it was written. What a partner sent is kept as sent; this is only read out of it. */
export interface Address {
  readonly kind: AddressKind;
  /** As it was before somebody made it harmless: `https://evil.example/x` for `hxxps://evil[.]example/x`. */
  readonly refanged: string;
  /** The machine alone, in its one usual form: without port, path and brackets, in small letters, IPv6 shortened. */
  readonly host: string;
  /** Why it names no server on the Internet: `private`, `loopback` and the like; null where it does. */
  readonly specialPurpose: string | null;
}

const DEFANGED: readonly (readonly [RegExp, string])[] = [
  [/^hxxp(?=s?\W)/i, 'http'],
  [/^fxp(?=s?\W)/i, 'ftp'],
  [/[[({]:\/\/[\])}]/g, '://'],
  [/[[({]\s*(?:\.|dot)\s*[\])}]/gi, '.'],
  [/[[({]\s*(?:@|at)\s*[\])}]/gi, '@'],
  [/[[({]:[\])}]/g, ':'],
  [/[[({]\/[\])}]/g, '/'],
];

/** Undoes what is done to addresses so that nobody follows them by mistake, and full-width typing. */
export const refang = (sent: string): string =>
  DEFANGED.reduce((text, [written, meant]) => text.replace(written, meant), sent.normalize('NFKC').trim());

// Ranges that a server on the Internet cannot have. Addresses for documentation are not among them: they stand in for real ones.
const UNREACHABLE = new Set([
  'private',
  'loopback',
  'linkLocal',
  'uniqueLocal',
  'unspecified',
  'broadcast',
  'multicast',
  'carrierGradeNat',
]);
const LOCAL_NAMES = /(?:^|\.)(?:localhost|local|internal|home\.arpa|localdomain)$/;
/** A range of addresses in CIDR form: it is read as its first one. */
const NETWORK = /^([0-9a-f.:]+)\/\d{1,3}$/i;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const TOP_LABEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

// Of an IPv6 address with an IPv4 one in it and a zone, and of a domain name. What is longer costs no time.
const [LONGEST_IP, LONGEST_NAME] = [80, 254];

type Host = Omit<Address, 'refanged' | 'kind'> & { readonly kind: Exclude<AddressKind, 'URL'> };

function readIp(text: string): Host | null {
  if (text.length > LONGEST_IP) return null;
  const four = ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!four && !(text.includes(':') && ipaddr.IPv6.isValid(text))) return null;
  const written = ipaddr.parse(text);
  // An IPv4 address within IPv6 is that IPv4 address.
  const meant = ipaddr.process(text);
  const range = meant.range();
  return {
    kind: written.kind() === 'ipv4' ? 'IPV4' : 'IPV6',
    host: meant.toString(),
    specialPurpose: UNREACHABLE.has(range) ? range : null,
  };
}

function readDomain(text: string): Host | null {
  // What follows a domain name would be cut off in silence.
  if (text.length > LONGEST_NAME || /[\s/?#\\:@%]/.test(text)) return null;
  const ascii = domainToASCII(text.replace(/\.$/, ''));
  const labels = ascii.split('.');
  if (ascii.length > LONGEST_NAME || !labels.every((label) => LABEL.test(label))) return null;
  const local = LOCAL_NAMES.test(ascii);
  if (!local && (labels.length < 2 || !TOP_LABEL.test(labels.at(-1)!))) return null;
  return { kind: 'DOMAIN', host: ascii, specialPurpose: local ? 'local name' : null };
}

/** A machine with or without port: `192.0.2.1:443`, `[2001:db8::1]:443`, `evil.example`. */
function readHost(text: string): Host | null {
  const [, bracketed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text) ?? [];
  if (bracketed !== undefined) return readIp(bracketed);
  const alone = text.replace(/^([^:]+):\d{1,5}$/, '$1');
  return readIp(alone) ?? readDomain(alone);
}

function readUrl(text: string): Host | null {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(whole) ? readHost(new URL(whole).hostname) : null;
}

/** Reads an IPv4 or IPv6 address, a domain name or a URL, also a defanged one; null where it is none of these. */
export function readAddress(sent: string): Address | null {
  const refanged = refang(sent);
  const [, network] = NETWORK.exec(refanged) ?? [];
  const host = network === undefined ? readHost(refanged) : ipaddr.isValidCIDR(refanged) ? readIp(network) : null;
  if (host !== null) return { ...host, refanged };
  if (network !== undefined || !refanged.includes('/') || /\s/.test(refanged)) return null;
  const named = readUrl(refanged);
  return named && { ...named, kind: 'URL', refanged };
}
