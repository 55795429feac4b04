import { buildApp } from './foundation/http/app.ts'
import { growDemo } from './demo/grow-demo.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'
export const startServer = () => [buildApp, routes, jobs, growDemo]
