import { startServer } from '../server.ts'
import { refreshDue } from '../contact-plan/refresh-due.ts'
startServer()
refreshDue
