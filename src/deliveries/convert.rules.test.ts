import { describe, expect, test } from 'vitest'
import { amountReader, dayReader, decimalReader, FenSum, fenText, hundredths, yuanOfFen } from './convert.rules.ts'

describe('days', () => {
  test.each([
    ['YYYYMMDD', undefined, '20261122', '2026-11-22'], ['YYYYMMDD', undefined, '20260230', undefined], ['YYYYMMDD', undefined, '20240229', '2024-02-29'], ['YYYYMMDD', undefined, '20261322', undefined],
    ['YYYYMMDD', undefined, '2026112', undefined], ['YYYYMMDD', undefined, '2026112a', undefined], ['YYYY-MM-DD', undefined, '2026-11-22', '2026-11-22'], ['YYYY-MM-DD', undefined, '2026/11/22', undefined],
    ['YYMMDD', '19', '930101', '1993-01-01'], ['YYMMDD', '19', '930230', undefined], ['YYMMDD hh:mm:ss', '19', '931107 00:00:00', '1993-11-07'], ['DD.MM.YYYY', undefined, '01.02.2026', '2026-02-01'],
  ])('%s of century %s: %s is %s', (form, century, text, day) => {
    expect(dayReader(form, century)(text)).toBe(day)
  })

  test('Czech birth numbers: women are counted 50 months higher', () => {
    expect(dayReader('YYMMDD', '19', 50)('706213')).toBe('1970-12-13')
    expect(dayReader('YYMMDD', '19', 50, 'sex')('706213')).toBe('F')
    expect(dayReader('YYMMDD', '19', 50)('450204')).toBe('1945-02-04')
    expect(dayReader('YYMMDD', '19', 50, 'sex')('450204')).toBe('M')
    expect(dayReader('YYMMDD', '19', 50)('456304')).toBeUndefined()
  })
})

describe('amounts become whole fen, never rounded', () => {
  test.each([
    ['700.00', '70000'], ['0', '0'], ['0.05', '5'], ['-12.3', '-1230'], ['-0.00', '0'], ['96396', '9639600'], ['1.500', '150'], ['1.505', undefined], ['1,50', undefined], ['', undefined], ['1e3', undefined],
    ['999999999999999.99', '99999999999999999'], ['1234567890123456', undefined],
  ])('%s is %s', (text, fen) => {
    expect(fenText(text)).toBe(fen)
  })

  test('implied decimals and another mark', () => {
    expect(amountReader('.', 2)('000000070000')).toBe('70000')
    expect(amountReader('.', 2)('-5')).toBe('-5')
    expect(amountReader(',', undefined)('12,30')).toBe('1230')
    expect(amountReader(',', undefined)('1.212,30')).toBeUndefined()
  })

  test('rates have at most eight decimals', () => {
    expect(decimalReader(8)('0.0385')).toBe('0.0385')
    expect(decimalReader(2)('33.333')).toBeUndefined()
  })
})

describe('sums stay exact', () => {
  test('beyond the safe whole numbers of a float', () => {
    const sum = new FenSum()
    for (let i = 0; i < 3; i++) sum.add('9007199254740991')
    sum.add('90071992547409930')
    expect(sum.total()).toBe(3n * 9007199254740991n + 90071992547409930n)
  })

  test('yuan of fen, hundredths of a control total', () => {
    expect([yuanOfFen(0n), yuanOfFen(5n), yuanOfFen(-25888n)]).toEqual(['0.00', '0.05', '-258.88'])
    expect([hundredths('103261740'), hundredths('2858033.00'), hundredths('-1.5'), hundredths('x'), hundredths('1.234')]).toEqual([10326174000n, 285803300n, -150n, undefined, undefined])
  })
})
