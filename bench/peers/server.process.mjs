import express from 'express';
import createPouch from 'express-pouchdb';
import PouchDB from 'pouchdb';
import { serve } from '../lib/child.ts';

/** The peer's server: express-pouchdb over LevelDB. */
serve({
  open: async (folder) => {
    const Stored = PouchDB.defaults({ prefix: `${folder}/` });
    const app = express();
    app.use(createPouch(Stored, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log.txt` }));
    const server = await new Promise((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    return `http://127.0.0.1:${server.address().port}`;
  },
});
