import { readSettings } from './settings.js';

describe('what may be set from outside', () => {
  it('needs nothing', () => {
    expect(readSettings({})).toEqual({ portBase: 4100 });
  });

  it('takes a PostgreSQL and other ports', () => {
    const postgresUrl = 'postgresql://postgres:secret@db.example:5432/postgres';
    expect(readSettings({ SEKISHO_PORT_BASE: '5100', SEKISHO_POSTGRES_URL: postgresUrl })).toEqual({
      portBase: 5100,
      postgresUrl,
    });
  });

  it('lists every fault at once', () => {
    const environment = {
      SEKISHO_KAFKA_BROKERS: 'kafka:9092',
      SEKISHO_KAFKA_CA: '/nowhere.pem',
      SEKISHO_ISSUERS: '[]',
    };
    expect(() => readSettings(environment)).toThrow(
      /SEKISHO_KAFKA_PASSWORD: needed[^]*SEKISHO_KAFKA_USERS: needed[^]*SEKISHO_CLIENTS: needed[^]*no file \/nowhere\.pem/,
    );
    expect(() => readSettings({ SEKISHO_PORT_BASE: 'x' })).toThrow(/SEKISHO_PORT_BASE/);
  });
});
