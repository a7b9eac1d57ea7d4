import fc from 'fast-check';
import { readAddress, refang } from './address.js';

describe('an address', () => {
  it.each([
    ['198.51.100.37', 'IPV4', '198.51.100.37'],
    ['198[.]51[.]100[.]37', 'IPV4', '198.51.100.37'],
    ['198(dot)51 [dot] 100{.}37'.replaceAll(' ', ''), 'IPV4', '198.51.100.37'],
    ['１９８．５１．１００．３７', 'IPV4', '198.51.100.37'],
    ['198.51.100.37:8443', 'IPV4', '198.51.100.37'],
    ['198.51.100[.]37[:]8443', 'IPV4', '198.51.100.37'],
    ['198.51.100.0/24', 'IPV4', '198.51.100.0'],
    ['2001:DB8:0::7', 'IPV6', '2001:db8::7'],
    ['2001[:]db8[:][:]7', 'IPV6', '2001:db8::7'],
    ['[2001:db8::7]:443', 'IPV6', '2001:db8::7'],
    ['evil.example', 'DOMAIN', 'evil.example'],
    ['EVIL[.]example.', 'DOMAIN', 'evil.example'],
    ['a_b.xn--wgv71a119e.jp', 'DOMAIN', 'a_b.xn--wgv71a119e.jp'],
    ['日本語.jp', 'DOMAIN', 'xn--wgv71a119e.jp'],
    ['hxxp://198[.]51[.]100[.]37/a', 'URL', '198.51.100.37'],
    ['hXXps[://]evil(.)example:8443/x?y=z#w', 'URL', 'evil.example'],
    ['hxxps[:]//evil[.]example', 'URL', 'evil.example'],
    ['fxp://user[at]evil.example/x', 'URL', 'evil.example'],
    ['http://[2001:db8::7]/', 'URL', '2001:db8::7'],
    ['evil.example/path', 'URL', 'evil.example'],
  ])('%s is read as %s of %s', (sent, kind, host) => {
    expect(readAddress(sent)).toMatchObject({ kind, host, specialPurpose: null });
  });

  it.each([
    '',
    ' ',
    'unknown',
    'server 1',
    '1.2.3',
    '1.2.3.256',
    '010.1.2.3.4',
    '1::2::3',
    'a..b',
    '-a.example',
    'x.y/z w',
  ])('%p is none', (sent) => expect(readAddress(sent)).toBeNull());

  it.each(['a[at]evil.example', 'http://', 'hxxp://server one/', '198.51.100.0/33', 'evil.123', '電話で確認中'])(
    '%p is none either',
    (sent) => expect(readAddress(sent)).toBeNull(),
  );

  it.each([
    ['10.1.2.3', 'private'],
    ['192.168[.]0[.]1', 'private'],
    ['127.0.0.1:80', 'loopback'],
    ['169.254.169.254', 'linkLocal'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['0.0.0.0', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['::1', 'loopback'],
    ['fd00::1', 'uniqueLocal'],
    ['fe80::1', 'linkLocal'],
    ['::ffff:10.0.0.1', 'private'],
    ['http://2130706433/', 'loopback'],
    ['localhost', 'local name'],
    ['dc01.corp.local', 'local name'],
  ])('%s names no server on the Internet: %s', (sent, range) => {
    expect(readAddress(sent)?.specialPurpose).toBe(range);
  });

  it.each(['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', 'c2.example'])(
    '%s, for documentation, stands in for a real one',
    (sent) => expect(readAddress(sent)?.specialPurpose).toBeNull(),
  );
});

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.constantFrom('jp', 'com', 'example'))
  .map(([labels, top]) => [...labels, top].join('.'))
  // Labels that look like Punycode and are none.
  .filter((name) => !name.includes('--'));
const host = fc.oneof(fc.ipV4(), domain);
const plain = fc.oneof(
  host,
  fc.ipV6(),
  fc
    .tuple(fc.constantFrom('http', 'https', 'ftp'), host, fc.constantFrom('', '/', '/a/b.php?c=d'))
    .map(([scheme, name, path]) => `${scheme}://${name}${path}`),
);
const dots = fc.constantFrom('.', '[.]', '(.)', '[dot]', '(dot)', '{.}');
const colons = fc.constantFrom(':', '[:]');

describe('any address', () => {
  it('means the same however it was defanged, and comes back as it was', () => {
    fc.assert(
      fc.property(plain, dots, colons, (address, dot, colon) => {
        const defanged = address
          .replace(/^http/, 'hxxp')
          .replace(/^ftp/, 'fxp')
          .replaceAll('.', dot)
          .replaceAll(':', colon);
        expect(refang(defanged)).toBe(address);
        const read = readAddress(address);
        expect(read).not.toBeNull();
        expect(readAddress(defanged)).toEqual(read);
      }),
    );
  });

  it('is read without a failure, whatever is sent', () => {
    const odd = fc.stringMatching(/^[\x20-\x7e。．：]{0,60}$/);
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), odd), (sent) => void readAddress(sent)));
  });
});
