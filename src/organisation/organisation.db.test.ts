import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permissionTable } from '../access/permission-table.ts'
import { sql } from '../foundation/database/transaction.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { addInstitution } from './add-institution.ts'
import { endEmployment } from './end-employment.ts'
import { hirePerson } from './hire-person.ts'
import { holdGrade } from './hold-grade.ts'
import { holdPost, tryHoldPost } from './hold-post.ts'
import { installPosts } from './install-posts.ts'
import { postTable } from './post-table.ts'
import { transferPerson } from './transfer-person.ts'

let bank: TestDatabase
let units: Record<'head' | 'branch' | 'department' | 'outlet' | 'other', { key: number; scopePath: string }>
const open = '2020-01-01'

beforeAll(async () => {
  bank = await testDatabase()
  units = await bank.db.asOffice(async (tx) => {
    await installPosts(tx)
    const head = await addInstitution(tx, { code: '1', kind: 'HEAD_OFFICE', name: '总行', nameEn: 'Head office', parentKey: null, from: open })
    const branch = await addInstitution(tx, { code: '11', kind: 'BRANCH', name: '城南分行', nameEn: 'South branch', parentKey: head.key, managersIn: 'RM_DEPARTMENT', from: open })
    const department = await addInstitution(tx, { code: '111', kind: 'RM_DEPARTMENT', name: '客户经理部', nameEn: 'Managers', parentKey: branch.key, from: open })
    const outlet = await addInstitution(tx, { code: '112', kind: 'OUTLET', name: '南门网点', nameEn: 'South gate', parentKey: branch.key, from: open })
    const other = await addInstitution(tx, { code: '12', kind: 'BRANCH', name: '城北分行', nameEn: 'North branch', parentKey: head.key, from: open })
    return { head, branch, department, outlet, other }
  })
})
afterAll(() => bank.drop())

const office = <T>(work: Parameters<typeof bank.db.asOffice<T>>[0]) => bank.db.asOffice(work)
const postsOn = (staffKey: number, day: string) => office((tx) => tx.all(sql<{ post: string; line: number; path: string; main: boolean }>`
  SELECT post_code AS post, line_key AS line, line_path AS path, main FROM organisation_post_facts
  WHERE staff_key = ${staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY post_key`))
const gradeOn = (staffKey: number, day: string) => office((tx) => tx.maybe(sql<{ grade: string }>`
  SELECT grade FROM organisation_grade_facts WHERE staff_key = ${staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)).then((row) => row?.grade)
let number = 100
const hired = (from = open) => office((tx) => hirePerson(tx, { staffNo: `T${(number += 1)}`, name: '李晓雯', from }))

describe('posts of the house', () => {
  test('every post of the permission table exists, installed twice is installed once', async () => {
    const named = [...new Set(permissionTable.flatMap((row) => row.posts))].sort()
    expect(named.filter((code) => !postTable.some((post) => post.code === code))).toEqual([])
    await office(installPosts)
    expect(await office((tx) => tx.one(sql`SELECT count(*)::int AS n FROM post`))).toEqual({ n: postTable.length })
  })
  test('who may list customers sees some, who may not sees none', () => {
    const lists = permissionTable.find((row) => row.action === 'customer.list')?.posts ?? []
    for (const post of postTable) expect([post.code, post.breadth === 'NONE']).toEqual([post.code, !lists.includes(post.code)])
  })
})

describe('the tree', () => {
  test('a path of three characters for each level, siblings differ, any depth', async () => {
    expect(units.department.scopePath).toBe('001.001.001')
    expect(units.outlet.scopePath).toBe('001.001.002')
    const deep = await office(async (tx) => {
      let unit = units.outlet
      for (let level = 0; level < 12; level++) unit = await addInstitution(tx, { code: `D${level}`, kind: 'TEAM', name: `组 ${level}`, nameEn: `Team ${level}`, parentKey: unit.key, from: open })
      return unit
    })
    expect(deep.scopePath).toBe(`001.001.002${'.001'.repeat(12)}`)
  })
  test.each([
    ['a second head office', { code: 'x1', parentKey: null }, 'head-office-exists'],
    ['a code twice', { code: '11', parentKey: 1 }, 'code-taken'],
    ['a parent that does not exist', { code: 'x2', parentKey: 9999 }, 'parent-not-there'],
    ['a parent that is not there yet', { code: 'x3', parentKey: 1, from: '2019-12-31' }, 'parent-not-there'],
  ])('%s is refused', async (_what, unit, name) => {
    await expect(office((tx) => addInstitution(tx, { kind: 'BRANCH', name: '支', nameEn: 'b', from: open, ...unit }))).rejects.toThrow(name)
  })
  test('two at once below one parent get different paths', async () => {
    const both = await Promise.all(['a', 'b', 'c', 'd'].map((code) => office((tx) => addInstitution(tx, { code: `P${code}`, kind: 'OUTLET', name: code, nameEn: code, parentKey: units.other.key, from: open }))))
    expect(new Set(both.map((unit) => unit.scopePath)).size).toBe(4)
  })
})

describe('a question about 15 March is answered with the posts of 15 March', () => {
  test('transfer: line and place before, on and after the day', async () => {
    const li = await hired()
    await office((tx) => holdPost(tx, { staffKey: li, postCode: 'RM', lineKey: units.department.key, placeKey: units.outlet.key, from: open }))
    await office((tx) => transferPerson(tx, { staffKey: li, postCode: 'TEAM_LEAD', lineKey: units.other.key, placeKey: units.other.key, from: '2026-03-16', orderNo: '2026-7', reason: '轮岗' }))
    expect(await postsOn(li, '2026-03-15')).toMatchObject([{ post: 'RM', line: units.department.key, path: '001.001.001', main: true }])
    expect(await postsOn(li, '2026-03-16')).toMatchObject([{ post: 'TEAM_LEAD', line: units.other.key, main: true }])
    expect(await postsOn(li, '2019-12-31')).toEqual([])
  })
  test('grade: the former one ends on the day of the new one', async () => {
    const li = await hired()
    await office((tx) => holdGrade(tx, { staffKey: li, grade: 'A', from: open, reason: null }))
    await office((tx) => holdGrade(tx, { staffKey: li, grade: 'B', from: '2026-03-16', reason: '定级' }))
    expect([await gradeOn(li, '2026-03-15'), await gradeOn(li, '2026-03-16')]).toEqual(['A', 'B'])
    await expect(office((tx) => holdGrade(tx, { staffKey: li, grade: 'C', from: '2026-03-16', reason: null }))).rejects.toThrow('later-fact-exists')
    await expect(office((tx) => holdGrade(tx, { staffKey: li, grade: 'B', from: '2026-04-01', reason: null }))).rejects.toThrow('same-grade')
  })
  test('leaving: the last day still counts, from the next day no post, no grade; coming back is the same person', async () => {
    const li = await hired()
    await office(async (tx) => {
      await holdPost(tx, { staffKey: li, postCode: 'RM', lineKey: units.department.key, placeKey: units.outlet.key, from: open })
      await holdPost(tx, { staffKey: li, postCode: 'LOBBY', lineKey: units.outlet.key, placeKey: units.outlet.key, from: '2026-06-01' })
      await holdGrade(tx, { staffKey: li, grade: 'B', from: open, reason: null })
      await endEmployment(tx, { staffKey: li, from: '2026-03-16', reason: '辞职' })
    })
    expect(await postsOn(li, '2026-03-15')).toHaveLength(1)
    expect(await postsOn(li, '2026-03-16')).toEqual([])
    expect(await postsOn(li, '2026-07-01')).toEqual([]) // the post of June never comes into force
    expect(await gradeOn(li, '2026-03-16')).toBeUndefined()
    await expect(office((tx) => holdPost(tx, { staffKey: li, postCode: 'RM', lineKey: units.department.key, placeKey: units.outlet.key, from: '2026-03-16' }))).rejects.toThrow('not-employed')
    const again = await office((tx) => hirePerson(tx, { staffNo: `T${number}`, name: '李晓雯', from: '2027-01-01' }))
    expect(again).toBe(li)
    await expect(office((tx) => hirePerson(tx, { staffNo: `T${number}`, name: '李晓雯', from: '2027-02-01' }))).rejects.toThrow('staff-number-taken')
  })
})

describe('several posts at once', () => {
  const rm = (staffKey: number, more: object = {}) => ({ staffKey, postCode: 'RM', lineKey: units.department.key, placeKey: units.outlet.key, from: '2026-01-01', ...more })

  test('two posts of one sequence: the first is the main one', async () => {
    const li = await hired()
    await office((tx) => holdPost(tx, rm(li)))
    await office((tx) => holdPost(tx, rm(li, { postCode: 'LOBBY' })))
    expect((await postsOn(li, '2026-02-01')).map((post) => [post.post, post.main])).toEqual([['RM', true], ['LOBBY', false]])
    expect(await office((tx) => tryHoldPost(tx, rm(li, { postCode: 'TEAM_LEAD', main: true })))).toMatchObject({ ok: false, refusal: { name: 'second-main-post' } })
    expect(await office((tx) => tryHoldPost(tx, rm(li, { from: '2026-03-01' })))).toMatchObject({ ok: false, refusal: { name: 'post-already-held' } })
  })
  test.each(['REVIEWER', 'AUDIT', 'HR', 'ADMIN', 'DATA_STEWARD'])('a manager is never %s at the same time', async (postCode) => {
    const li = await hired()
    await office((tx) => holdPost(tx, rm(li)))
    expect(await office((tx) => tryHoldPost(tx, rm(li, { postCode, from: '2026-05-01' })))).toMatchObject({ ok: false, refusal: { name: 'two-sequences', details: { post: '客户经理' } } })
  })
  test('nor when both are asked for at the same moment', async () => {
    const li = await hired()
    const answers = await Promise.all(['RM', 'REVIEWER'].map((postCode) => office((tx) => tryHoldPost(tx, rm(li, { postCode })))))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  })
  test('a later post of another sequence is refused too when the first is open, and possible after it ended', async () => {
    const li = await hired()
    await office((tx) => holdPost(tx, rm(li)))
    await office((tx) => transferPerson(tx, { ...rm(li), postCode: 'REVIEWER', from: '2026-06-01', reason: null }))
    expect((await postsOn(li, '2026-06-01')).map((post) => post.post)).toEqual(['REVIEWER'])
    expect((await postsOn(li, '2026-05-31')).map((post) => post.post)).toEqual(['RM'])
  })
  test.each([
    ['an unknown post', { postCode: 'KING' }, 'post-unknown'],
    ['an unknown line', { lineKey: 9999 }, 'unit-not-there'],
    ['before he was hired', { from: '2019-01-01' }, 'not-employed'],
  ])('%s is refused', async (_what, more, name) => {
    const li = await hired()
    expect(await office((tx) => tryHoldPost(tx, rm(li, more)))).toMatchObject({ ok: false, refusal: { name } })
  })
})
