import { resolveUrl } from './ask.js';

const endpoints = {
  intake: 'http://127.0.0.1:4101',
  classification: 'http://127.0.0.1:4102',
  scheduling: 'http://127.0.0.1:4103',
  tasking: 'http://127.0.0.1:4104',
  oversight: 'http://127.0.0.1:4105',
};

describe('sekisho get URL', () => {
  it.each([
    ['http://127.0.0.1:4102/v1/incidents?limit=1', 'http://127.0.0.1:4102/v1/incidents?limit=1'],
    ['intake/v1/reports', 'http://127.0.0.1:4101/v1/reports'],
    ['/oversight/v1/rulings?incidentId=a/b', 'http://127.0.0.1:4105/v1/rulings?incidentId=a/b'],
  ])('takes %s', (given, url) => {
    expect(resolveUrl(given, endpoints)).toBe(url);
  });

  it('says which names there are', () => {
    expect(() => resolveUrl('intak/v1/reports', endpoints)).toThrow(/intake, classification/);
  });
});
