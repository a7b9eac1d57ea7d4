import { element, writeXml } from './xml.js';

describe('writeXml', () => {
  it('indents elements, and leaves text as it is', () => {
    const root = element('a', { x: '1', y: undefined }, [element('b', {}, 'one\n  two'), undefined, element('c')]);
    expect(writeXml(root)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a x="1">\n  <b>one\n  two</b>\n  <c/>\n</a>\n',
    );
  });

  it('escapes what is markup', () => {
    const root = element('a', { x: '"<&>"' }, 'if a < "b" & c > d then "]]>" else 1');
    expect(writeXml(root)).toContain(
      '<a x="&quot;&lt;&amp;&gt;&quot;">if a &lt; "b" &amp; c &gt; d then "]]&gt;" else 1</a>',
    );
  });
});
