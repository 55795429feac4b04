import { endpoint } from '../foundation/http/contract.ts'
export const recordVisit = endpoint({ id: 'visits.record', method: 'POST', path: '/api/visits' })
