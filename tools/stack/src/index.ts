export { createDatabase, dropDatabase, randomPasswords, type DatabaseUrls } from './databases.js';
