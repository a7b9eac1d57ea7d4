import { chooseWay, demandedWay } from './infrastructure-way.js';

const engine = { address: 'unix:///run/engine.sock', rootless: false };
const none = { obstacle: 'no container engine answers' };
const noJvm = { fault: 'There is no JVM.', remedy: 'Install one.' };

describe('how tests get PostgreSQL and Kafka', () => {
  it('takes containers where they can be had, and processes should those fail', () => {
    const found = { demanded: undefined, engine, broker: undefined };
    expect(chooseWay(found)).toMatchObject({ way: 'containers', engine, else: true });
    expect(chooseWay({ ...found, broker: noJvm })).toMatchObject({ way: 'containers', else: false });
  });

  it('takes processes where containers cannot be had, and says why', () => {
    expect(chooseWay({ demanded: undefined, engine: none, broker: undefined })).toEqual({
      way: 'embedded',
      because: none.obstacle,
    });
  });

  it('does what is demanded', () => {
    expect(chooseWay({ demanded: 'embedded', engine: undefined, broker: undefined }).way).toBe('embedded');
    expect(chooseWay({ demanded: 'embedded', engine, broker: undefined }).way).toBe('embedded');
    // Who demands containers does not want to be given something else.
    expect(chooseWay({ demanded: 'containers', engine, broker: undefined })).toMatchObject({ else: false });
  });

  it('names fault and remedy of what is demanded and cannot be had, and of a machine with neither', () => {
    expect(() => chooseWay({ demanded: 'containers', engine: none, broker: undefined })).toThrow(
      'demands containers, but no container engine answers.',
    );
    expect(() => chooseWay({ demanded: 'embedded', engine: undefined, broker: noJvm })).toThrow(
      'There is no JVM. SEKISHO_TEST_INFRASTRUCTURE rules out containers.',
    );
    expect(() => chooseWay({ demanded: undefined, engine: none, broker: noJvm })).toThrow(
      'There is no JVM. Containers would do, but no container engine answers.',
    );
  });

  it('knows two ways by name', () => {
    expect([demandedWay(undefined), demandedWay(''), demandedWay('embedded')]).toEqual([
      undefined,
      undefined,
      'embedded',
    ]);
    expect(() => demandedWay('docker')).toThrow('SEKISHO_TEST_INFRASTRUCTURE is "docker".');
  });
});
