import { diskFault, javaFault, javaMajor, mavenFault, nodeFault } from '../preflight.mjs';

describe('what a machine must have', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_392"', 8],
    ['zsh: command not found', undefined],
  ])('reads the JVM’s version from %s', (printed, major) => {
    expect(javaMajor(printed)).toBe(major);
  });

  it('names fault and remedy of a JVM that is missing or too old', () => {
    expect(javaFault(undefined)?.fault).toBe('There is no JVM: java cannot be run.');
    expect(javaFault('java version "1.8.0_392"')?.fault).toBe('The JVM is too old: java is version 8.');
    expect(javaFault(undefined)?.remedy).toContain('openjdk-17');
    expect(javaFault('openjdk version "17.0.15"')).toBeUndefined();
  });

  it('names a missing Maven, an old Node, a full disk', () => {
    expect(mavenFault(undefined)?.fault).toContain('no Maven');
    expect(mavenFault('Apache Maven 3.8.7')).toBeUndefined();
    expect(nodeFault('20.18.1')?.fault).toBe('Node 20.18.1 is too old.');
    expect([nodeFault('20.19.0'), nodeFault('24.0.0')]).toEqual([undefined, undefined]);
    expect(diskFault(500 * 1024 ** 2, '/srv')?.fault).toBe('Only 500 MiB are free where /srv lies.');
    expect(diskFault(1024 ** 3, '/srv')).toBeUndefined();
  });
});
