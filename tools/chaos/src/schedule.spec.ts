import { FAULTS, scheduleOf } from './schedule.js';

const usual = { milliseconds: 300_000, kills: 60, faults: FAULTS };

describe('the schedule of faults', () => {
  it('follows from the seed alone', () => {
    expect(scheduleOf({ seed: 7, ...usual })).toEqual(scheduleOf({ seed: 7, ...usual }));
    expect(scheduleOf({ seed: 7, ...usual })).not.toEqual(scheduleOf({ seed: 8, ...usual }));
  });

  it('kills as often as told, services most of all, and each fault comes in five minutes', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { kills, spells } = scheduleOf({ seed, ...usual });
      expect(kills).toHaveLength(60);
      const ofServices = kills.filter(({ process }) => !['postgres', 'kafka', 'issuer'].includes(process));
      expect(ofServices.length).toBeGreaterThan(35);
      expect(new Set(spells.map(({ kind }) => kind))).toEqual(new Set(FAULTS));
      expect(spells).toContainEqual(expect.objectContaining({ kind: 'pause', lasts: 60_000 }));
      for (const [index, spell] of spells.entries()) {
        expect(spell.at + spell.lasts).toBeLessThanOrEqual(300_000);
        if (index > 0) expect(spell.at).toBeGreaterThan(spells[index - 1]!.at + spells[index - 1]!.lasts);
      }
    }
  });
});
