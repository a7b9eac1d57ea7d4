import { readInfrastructure } from '@sekisho/stack';

/** The PostgreSQL and the Kafka of this test run. Throws outside of jest's `int` project, whose global setup starts them. */
export const infrastructure = readInfrastructure;
