import { openTestDatabase } from '../support/database.js';

describe('the database', () => {
  it('clones', async () => {
    const database = await openTestDatabase();
    const { rows } = await database.hot.query(`show enable_seqscan`);
    expect(rows).toEqual([{ enable_seqscan: 'off' }]);
    await database.close();
  });
});
