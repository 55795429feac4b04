import { describe, expect, test } from 'vitest'
import { actionsOf, mayDoAction, type ObjectFacts, type PermissionTable } from './permission.rules.ts'

const table: PermissionTable = [
  { action: 'loan.read', posts: ['RM', 'HEAD'], relations: ['MAIN', 'ASSIST', 'UNIT', 'GRANT'] },
  { action: 'loan.change', posts: ['RM'], relations: ['MAIN'], states: { in: ['OPEN'], otherwise: 'loan-closed' } },
  { action: 'note.read', posts: ['AML'], secrecy: 'SECRET' },
]

const cases: [post: string, action: string, object: ObjectFacts, reason: string | null][] = [
  ['RM', 'loan.read', { relation: 'MAIN' }, null],
  ['RM', 'loan.read', { relation: 'GRANT' }, null],
  ['HEAD', 'loan.read', { relation: 'ALL' }, 'not-your-customer'],
  ['HEAD', 'loan.change', { relation: 'UNIT' }, 'not-allowed'],
  ['RM', 'loan.change', { relation: 'GRANT', state: 'OPEN' }, 'read-only-grant'],
  ['RM', 'loan.change', { relation: 'ASSIST', state: 'OPEN' }, 'not-your-customer'],
  ['RM', 'loan.change', { relation: 'MAIN', state: 'OPEN' }, null],
  ['RM', 'loan.change', { relation: 'MAIN', state: 'CLOSED' }, 'loan-closed'],
  ['RM', 'loan.change', { state: 'CLOSED' }, 'loan-closed'],
  ['RM', 'loan.change', {}, null],
  ['HEAD', 'note.read', { secrecy: 'SECRET' }, 'not-allowed'],
  ['AML', 'note.read', { secrecy: 'SECRET' }, null],
  ['AML', 'note.read', { secrecy: 'RESTRICTED' }, 'not-allowed'],
  ['RM', 'loan.burn', {}, 'not-allowed'],
]

describe('may this post do this?', () => {
  test.each(cases)('%s, %s, %j: %s', (post, action, object, reason) => {
    expect(mayDoAction(table, post, action, object)).toEqual({ allowed: reason === null, reason })
  })
  test('the actions that a post may ever do', () => {
    expect(actionsOf(table, 'RM')).toEqual(['loan.read', 'loan.change'])
  })
})
