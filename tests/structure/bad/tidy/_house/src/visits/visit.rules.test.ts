import { mayRecord } from './visit.rules.ts'
mayRecord('2026-11-23', '2026-11-22')
