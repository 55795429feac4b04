import { describe, expect, test } from 'vitest'
import { daysTwice, postsPaid, type PostSpan } from './split.rules.ts'

const october = { from: '2026-10-01', to: '2026-11-01' }
const held = (postCode: string, linePath: string, from: string, to: string | null, more: Partial<PostSpan> = {}): PostSpan => ({ postCode, post: postCode, postEn: postCode, lineKey: Number(linePath.slice(-1)), linePath, unitName: `网点 ${linePath}`, from, to, ...more })
const posts = (codes: string[] | null, inside: string[] | null = null, outside: string[] = []) => ({ posts: codes, inside, outside })

describe('which posts and days of a month a scheme pays', () => {
  test.each([
    ['the post that he left on the 16th', posts(['RM']), [held('RM', '1.2', '2020-01-01', '2026-10-16'), held('LOBBY', '1.2', '2026-10-16', null)], [['RM', '2026-10-01', '2026-10-15']], 15],
    ['the post that he took', posts(['LOBBY']), [held('RM', '1.2', '2020-01-01', '2026-10-16'), held('LOBBY', '1.2', '2026-10-16', null)], [['LOBBY', '2026-10-16', '2026-10-31']], 16],
    ['the same post in a unit of the scheme', posts(['RM'], ['1.2']), [held('RM', '1.2', '2020-01-01', '2026-10-11'), held('RM', '1.3', '2026-10-11', null)], [['RM', '2026-10-01', '2026-10-10']], 10],
    ['in all units but one', posts(['RM'], null, ['1.2']), [held('RM', '1.2', '2020-01-01', '2026-10-11'), held('RM', '1.3', '2026-10-11', null)], [['RM', '2026-10-11', '2026-10-31']], 21],
    ['two posts of the scheme, with a gap', posts(['RM', 'LEAD']), [held('RM', '1.2', '2020-01-01', '2026-10-06'), held('LEAD', '1.2', '2026-10-21', null)], [['RM', '2026-10-01', '2026-10-05'], ['LEAD', '2026-10-21', '2026-10-31']], 16],
    ['two posts on the same days count them once', posts(['RM', 'LEAD']), [held('RM', '1.2', '2020-01-01', null), held('LEAD', '1.3', '2026-10-21', null)], [['RM', '2026-10-01', '2026-10-31'], ['LEAD', '2026-10-21', '2026-10-31']], 31],
    ['a unit that was renamed and moved is the same unit', posts(['RM'], ['1.9']), [held('RM', '1.2', '2020-01-01', '2026-10-06', { lineKey: 7 }), held('RM', '1.9.2', '2026-10-06', null, { lineKey: 7 })], [['RM', '2026-10-01', '2026-10-31']], 31],
    ['a department whatever the post', posts(null, ['1.4']), [held('CLERK', '1.4', '2026-10-30', null)], [['CLERK', '2026-10-30', '2026-10-31']], 2],
    ['no post any more: only what is due from before', posts(['RM']), [held('LOBBY', '1.2', '2026-01-01', null)], [], 0],
  ] as const)('%s', (_what, scheme, spans, told, days) => {
    const found = postsPaid(scheme, october, spans)
    expect(found.posts.map(({ post, from, to }) => [post, from, to])).toEqual(told)
    expect(found.days).toBe(days)
  })
})

test.each([
  ['one after the other', [['2026-10-01', '2026-10-15']], [['2026-10-16', '2026-10-31']], 0],
  ['a day of both', [['2026-10-01', '2026-10-16']], [['2026-10-16', '2026-10-31']], 1],
  ['two posts at once', [['2026-10-01', '2026-10-31']], [['2026-10-11', '2026-10-20']], 10],
  ['two posts of one scheme are its own matter', [['2026-10-01', '2026-10-31'], ['2026-10-11', '2026-10-20']], [], 0],
] as const)('days counted twice: %s', (_what, one, other, days) => {
  const of = (spans: readonly (readonly [string, string])[]) => ({ posts: spans.map(([from, to]) => ({ from, to })) })
  expect(daysTwice([of(one), of(other)])).toBe(days)
})
