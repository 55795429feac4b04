import { startServer } from '../server.ts'
export const serve = startServer
