import JSZip from 'jszip'
import { describe, expect, test } from 'vitest'
import { writeChartParts } from './write-pptx.ts'

const chartOf = async (unit: string, ...series: (readonly (number | null)[])[]): Promise<string> => {
  const deck = await JSZip.loadAsync(await writeChartParts([{ kind: 'bar', categories: ['单文博', '欧阳建平', '吴淑梅'], series: series.map((values, place) => ({ name: `S${place}`, values })), unit }]))
  return (await deck.file(/ppt\/charts\/chart\d+\.xml$/)[0]?.async('string')) ?? ''
}
describe('a chart of Office', () => {
  test('one series has one colour, every bar its name, and a share ends at 100', async () => {
    const chart = await chartOf('%', [95, 80.5, null])
    expect(chart).toContain('<c:tickLblSkip val="1"/>')
    expect(chart).not.toContain('<c:dPt>')
    expect(chart).toContain('<c:max val="100"/>')
  })
  test('two series keep two colours, and what is no share has no end', async () => {
    const chart = await chartOf('万元', [950, 80], [1, 2])
    expect(chart).toContain('17566B')
    expect(chart).toContain('BC842A')
    expect(chart).not.toContain('<c:max')
  })
})
