import { finds, lose } from '../../test/finds.js';
import { rules } from './rules.js';

const INBOX = 'oversight-reporting inbox_pkey PRIMARY KEY (topic, event_id)';

describe('the databases’ rules are as they were made', () => {
  finds(rules, '10 constraints, triggers and policies', [
    [
      'a rule that is gone',
      ({ databases }) => lose(databases['oversight-reporting'].rules, (rule) => rule === INBOX),
      [`oversight-reporting: ${INBOX} is missing`],
    ],
    [
      'a rule that no migration made',
      ({ databases }) => databases.classification.rules.push('claim more CHECK (true)'),
      ['classification: claim more CHECK (true) is there 1 time(s) too often'],
    ],
    [
      'a rule that is another',
      ({ databases }) => databases['oversight-reporting'].rules.splice(1, 1, `${INBOX} not valid`),
      [
        `oversight-reporting: ${INBOX} is missing`,
        `oversight-reporting: ${INBOX} not valid is there 1 time(s) too often`,
      ],
    ],
  ]);
});
