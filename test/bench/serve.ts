// The product's server as `hufu serve` builds it, on a free port, telling its CPU time and memory when asked.
import { join } from 'node:path';
import { openHouse } from '../../src/compose.ts';

const { database, folder } = JSON.parse(process.argv[2] ?? '{}') as {
  database: { sqlite: string } | { postgres: string };
  folder: string;
};
const house = await openHouse({
  database,
  keyFile: join(folder, 'hufu.keys'),
  baseUrl: 'http://127.0.0.1',
  channels: {},
  requestsPerSecond: 10_000_000,
  onFault: (error) => process.stderr.write(`${String(error)}\n`),
});
const app = house.http();
await app.listen({ host: '127.0.0.1', port: 0 });
house.startJobs();
const address = app.server.address();
process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 })}\n`);
process.on('message', () => process.send?.({ ...process.cpuUsage(), rss: process.memoryUsage.rss() }));
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => house.close())
    .then(() => process.exit(0));
});
