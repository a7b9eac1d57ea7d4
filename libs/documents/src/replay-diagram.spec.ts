import { type DrawnReplay, replayDiagram } from './index.js';

const END = { none: 'DETERMINED, review NO, NPA_SOLE', review: 'DETERMINED, review YES, NPA_SOLE + JOINT_NPA_SDF' };
const drawn: DrawnReplay = {
  from: 'acd-2026-10',
  to: 'acd-2027-04',
  ends: [
    { from: 'NO_AUTHORITY', to: 'NO_AUTHORITY', cases: 4 },
    { from: END.none, to: END.review, cases: 1 },
    { from: END.none, to: END.none, cases: 1_200 },
  ],
  changed: 1,
  done: 1_205,
  state: 'FINISHED',
};
const textsOf = (svg: string) => [...svg.matchAll(/<(?:text|title)[^>]*>([^<]*)</g)].map(([, text]) => text!);

describe('the picture of a replay', () => {
  it('tells how cases end in words of either language, and nothing in codes', () => {
    const english = textsOf(replayDiagram(drawn, 'en'));
    expect(english).toContain('1,205 cases  ·  1 are answered otherwise');
    expect(english).toContain('no NSC review, police alone  ·  1,201 cases');
    expect(english).toContain(
      'determined; no NSC review, police alone → determined; NSC review, police alone or police and SDF jointly: 1 case',
    );
    const japanese = textsOf(replayDiagram(drawn, 'ja'));
    expect(japanese).toContain('措置の権限なし');
    expect(japanese).toContain('国家安全保障会議の審議なし、警察単独  ·  1,201件');
    for (const text of [...english, ...japanese]) expect(text).not.toMatch(/[A-Z]+_[A-Z]|review [A-Z]/);
  });

  it('has a band for each way, and says where there is nothing to draw, or not all of it yet', () => {
    expect(replayDiagram(drawn, 'ja').match(/<path /g)).toHaveLength(3);
    const none = { ...drawn, ends: [], changed: 0, done: 0, state: 'RUNNING' } as const;
    expect(textsOf(replayDiagram(none, 'en')).join()).toContain('No stored case is of this kind.');
    expect(textsOf(replayDiagram(none, 'ja')).join()).toContain('再判定は未了である。');
  });
});
