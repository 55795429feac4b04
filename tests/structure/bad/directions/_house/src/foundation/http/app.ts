import fastify from 'fastify'
import { hashPassword } from '../access/passwords.ts'
import { openQueue } from '../jobs/job-queue.ts'
import { readSheet } from '../spreadsheets/read-sheet.ts'
import { seal } from '../journal/seal-journal.ts'
export const buildApp = [fastify, hashPassword, openQueue, readSheet, seal]
