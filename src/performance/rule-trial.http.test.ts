import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type SmallBank } from '../../tests/support/small-bank.ts'
import { routes } from '../routes.ts'
import { examples, fenTyped, numberTyped, typedRows } from './pages/typed-trial.ts'
import { listBlockSchemes, tryRule, type Trial, type Tried } from './rule-trial.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]
const ask = (trial: Trial) => bank.ask(bank.staff.li, tryRule, { body: { trial } })
const found = async <K extends Tried['kind']>(trial: Extract<Trial, { kind: K }>): Promise<Extract<Tried, { kind: K }>> => (await ask(trial)).body['found'] as Extract<Tried, { kind: K }>
const scheme = (code: 'SCORECARD' | 'HUNDRED', given: Partial<Extract<Trial, { kind: 'SCHEME' }>> = {}): Extract<Trial, { kind: 'SCHEME' }> => ({
  kind: 'SCHEME', scheme: code, from: examples[code].from, grade: 'B', isDeferred: false, baseFen: fenTyped(examples[code].base) ?? '0', events: [], carryInFen: '0', correctionFen: '0',
  indicators: Object.entries(examples[code].indicators).map(([name, [target, actual]]) => ({ code: name, target, actual })), marks: Object.entries(examples[code].marks).map(([name, mark]) => ({ code: name, mark })), ...given,
})
const step = (tried: Extract<Tried, { kind: 'SCHEME' }>, code: string): string | undefined => tried.steps.find((one) => one.code === code)?.value

describe('rules tried with typed numbers', () => {
  test('a manager tries the scorecard of the specification: total 99.40', async () => {
    const worked = await found(scheme('SCORECARD'))
    expect([step(worked, 'TOTAL'), step(worked, 'COEFFICIENT'), worked.payableFen, worked.flags]).toEqual(['99.40', '1.0000', '1000000', []])
  })
  test('100 points, by profit only and deferred, or by both', async () => {
    const only = await found(scheme('HUNDRED', { isDeferred: true, excess: 'PROFIT_ONLY' }))
    expect([step(only, 'H'), step(only, 'EARNED'), step(only, 'DEFERRED'), only.payableFen]).toEqual(['103.41', '3933000', '1573200', '2359800'])
    expect((await found(scheme('HUNDRED', { excess: 'BLENDED' }))).payableFen).toBe('3761430')
  })
  test('a target of 0 is flagged by name, the quotient is not computed', async () => {
    const worked = await found(scheme('SCORECARD', { indicators: [{ code: 'PROFIT', target: '0', actual: '5' }] }))
    expect(worked.flags).toContainEqual({ block: 'SCORED', item: 'F1', why: 'target-not-positive' })
  })
  test('support departments, claw-back, annual view, sample', async () => {
    const { front, departments, members } = examples.SUPPORT
    const support = await found({
      kind: 'SUPPORT', daysInMonth: 30, frontLineFen: front.map((row) => fenTyped(row['amount']) ?? '0'),
      departments: departments.map((row) => ({ code: row['code'] ?? '', staffWeight: '1', riskControl: false, marks: { answerOnTime: row['answerOnTime'] ?? '', rightFirstTime: row['rightFirstTime'] ?? '', disputes: row['disputes'] ?? '', frontLineRating: row['frontLineRating'] ?? '' } })),
      members: members.map((row) => ({ department: row['department'] ?? '', person: row['person'] ?? '', gradeFactor: row['gradeFactor'] ?? '', mark: row['mark'] ?? '', daysInPost: Number(row['days']), events: [] })),
    })
    expect([support.poolFen, support.departments.map(({ payFen }) => payFen), support.members.map(({ payFen }) => payFen)]).toEqual(['960000', ['346353', '331294', '282353'], ['135965', '64404', '145984']])
    expect(await found({ kind: 'CLAW_BACK', paidNowFen: '2359800', ratio: '1.00', tranches: [{ due: '2026-12-31', fen: '524400', state: 'RELEASED' }, { due: '2027-12-31', fen: '524400', state: 'HELD' }, { due: '2028-12-31', fen: '524400', state: 'HELD' }] })).toMatchObject({ forfeitedFen: '1048800', claimFen: '2884200' })
    expect(await found({ kind: 'ANNUAL', task: '95.93', taskBefore: '88.60', changedJob: false, competency: '80.00', management: '90.00' })).toMatchObject({ score: '92.29', improvement: { points: '3.67' } })
    expect(await found({ kind: 'SAMPLE', seed: 7, objects: ['a', 'b', 'c', 'd'].map((id, place) => ({ id, loanFen: place === 0 ? '900000000' : null })) })).toMatchObject({ size: 3, drawn: ['a', expect.any(String), expect.any(String)] })
  })
  test('what is wrong is refused by name', async () => {
    expect(told(await ask(scheme('SCORECARD', { indicators: [{ code: 'NOTHING', target: '1', actual: '1' }] })))).toEqual([422, 'unknown-indicator'])
    expect(told(await ask(scheme('SCORECARD', { baseFen: '-1' })))).toEqual([422, 'negative-amount'])
    expect(told(await ask({ kind: 'SAMPLE', seed: 1, objects: [{ id: 'a', loanFen: null }, { id: 'a', loanFen: null }] }))).toEqual([422, 'twice-named'])
    expect(told(await ask({ kind: 'SUPPORT', frontLineFen: ['1'], daysInMonth: 30, departments: [], members: [{ department: 'K1', person: 'p', gradeFactor: '1', mark: '90', daysInPost: 30, events: [] }] }))).toEqual([422, 'unknown-department'])
    expect(told(await ask(scheme('HUNDRED', { marks: [{ code: 'POLICY', mark: '101' }] })))).toEqual([400, 'invalid-request'])
  })
  test('every person whom a scheme may pay reads its blocks', async () => {
    expect((await bank.ask(bank.staff.li, listBlockSchemes)).body['schemes']).toMatchObject([{ code: 'SCORECARD' }, { code: 'HUNDRED' }])
  })
})

test('what is typed becomes fen and exact numbers, or is named as wrong', () => {
  expect(['1,234.5', '-0.05', '', 'x', '1.234'].map(fenTyped)).toEqual(['123450', '-5', null, undefined, undefined])
  expect(['0.0385', ' 12 ', '', '1.23456', '1e3'].map(numberTyped)).toEqual(['0.0385', '12', null, undefined, undefined])
  expect(typedRows([{ a: '1' }, { a: 'x' }], (row) => ({ a: numberTyped(row['a']) }))).toBeUndefined()
  expect(typedRows([{ a: '1' }, { a: '' }], (row) => ({ a: numberTyped(row['a']) }))).toEqual([{ a: '1' }, { a: null }])
})
