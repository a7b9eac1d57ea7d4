import { AGENCIES, SERVICES, TOPICS } from '@sekisho/contracts';
import kafkajs from 'kafkajs';
import { aclsOf } from './topics.js';

const { AclOperationTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
const acls = aclsOf(TOPICS, SERVICES, AGENCIES);

/** The topics on which a principal may do something, by its ACLs. */
const topicsFor = (principal: string, operation: number) =>
  acls
    .filter((acl) => acl.principal === `User:${principal}` && acl.operation === operation)
    .filter(({ resourceType }) => resourceType === AclResourceTypes.TOPIC)
    .map(({ resourceName }) => resourceName);

describe('ACLs of the topic catalogue', () => {
  it('let an agency read its tasking topic and write its own, and nothing more', () => {
    expect(topicsFor('agency-npa', AclOperationTypes.READ)).toEqual(['tasking.npa.v1']);
    expect(topicsFor('agency-npa', AclOperationTypes.WRITE)).toEqual(['agency.npa.v1']);
  });

  it('let each topic be written by its writer alone', () => {
    for (const [topic, { writer }] of Object.entries(TOPICS)) {
      const writers = acls
        .filter(({ resourceName, operation }) => resourceName === topic && operation === AclOperationTypes.WRITE)
        .map(({ principal }) => principal);
      expect([topic, writers]).toEqual([topic, [`User:${writer}`]]);
    }
  });

  it('name every topic literally: a prefix is for groups alone', () => {
    const byPrefix = acls.filter(({ resourcePatternType }) => resourcePatternType === ResourcePatternTypes.PREFIXED);
    expect(new Set(byPrefix.map(({ resourceType }) => resourceType))).toEqual(new Set([AclResourceTypes.GROUP]));
    expect(
      byPrefix.map(({ principal, resourceName }) => principal.includes(resourceName.replace(/\.$/, ''))),
    ).not.toContain(false);
  });
});
