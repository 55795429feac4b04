import { describe, expect, test } from 'vitest'
import { fanIns, moneyCircles, passedOn, usualAmounts, type Transfer } from './money-circles.rules.ts'

// "ab5": a sends 5 to b
const transfers = (text: string): Transfer[] => text.split(' ').filter(Boolean).map((one) => ({ from: one[0] ?? '', to: one[1] ?? '', amountFen: BigInt(one.slice(2)) }))
const lines = { sendersLeast: 3, partOfUsual: [1n, 4n], band: [1n, 2n] } as const

describe('money that goes round', () => {
  test.each<[what: string, sent: string, circles: string[]]>([
    ['one amount through three accounts', 'ab5 bc5 ca5 ax100', ['abc']],
    ['the same five times is one circle', 'ab5 ab5 bc5 ca5 ca5', ['abc']],
    ['another amount comes back', 'ab5 bc5 ca4', []],
    ['to oneself', 'aa5', []],
    ['nine accounts are more than eight', 'ab5 bc5 cd5 de5 ef5 fg5 gh5 hi5 ia5', []],
  ])('%s', (_what, sent, circles) => expect(moneyCircles(transfers(sent), 8).cycles.map((cycle) => cycle.map((one) => one.from).join(''))).toEqual(circles))
  test('what is left of a circle: the amount is passed on, and is not what these accounts usually send', () => {
    expect(passedOn(transfers('ab5 bc5 cd5 ax100 bx100 cx100')).map((chain) => chain.join(''))).toEqual(['abcd'])
    expect(passedOn(transfers('ab5 bc5'))).toEqual([])
    expect(passedOn(transfers('ab5 bc5 ca5 ax9 bx9 cx9')).map((chain) => chain.join(''))).toEqual(['abca'])
  })
})

describe('money that comes together', () => {
  test.each<[what: string, sent: string, found: string[]]>([
    ['three send little, each far below the usual', 'ax9 bx9 cx9 ap100 bp100 cp100', ['x abc']],
    ['two are too few', 'ax9 bx9 ap100 bp100', []],
    ['it is what they usually send', 'ax9 bx9 cx9', []],
    ['amounts of different sizes', 'ax1 bx9 cx20 ap100 bp100 cp100', []],
    ['one of another size among three', 'ax1 bx9 cx9 dx10 ap100 bp100 cp100 dp100', ['x bcd']],
  ])('%s', (_what, sent, found) => expect(fanIns(transfers(sent), lines).map(({ to, from }) => `${to} ${from.join('')}`)).toEqual(found))
  test('what is usual', () => expect([...usualAmounts(transfers('ab5 ab7 bc1'))]).toEqual([['a', 7n], ['b', 1n]]))
})
