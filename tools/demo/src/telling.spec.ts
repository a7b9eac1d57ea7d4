import { rendered, Telling } from './telling.js';

describe('telling', () => {
  it('says what, who, on which provision, what is invented and how to look, and keeps it', () => {
    const written: string[] = [];
    const story = new Telling((text) => written.push(text));
    story.tell({ what: 'a thing happened', who: 'somebody', provision: 'row 3', invented: 'much', look: 'npm run x' });
    story.tell({ what: 'another', who: 'nobody' });
    expect(written.join('')).toBe(
      [
        '',
        '  1  a thing happened',
        '      who       somebody',
        '      on        row 3',
        '      invented  much',
        '      look      npm run x',
        '',
        '  2  another',
        '      who       nobody',
        '',
      ].join('\n'),
    );
    expect(story.steps.map((step, index) => rendered(step, index + 1)).join('')).toBe(written.join(''));
  });
});
