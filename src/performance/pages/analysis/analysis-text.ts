import { defineText } from '../../../ui/text.ts'

export const analysisText = defineText({
  title: { zh: '经营分析', en: 'Business analysis' },
  sub: { zh: '{unit} · {month}，按您的权限范围统计', en: '{unit} · {month}, within your scope' },
  month: { zh: '月份', en: 'Month' },
  unit: { zh: '机构', en: 'Unit' },
  download: { zh: '下载', en: 'Download' },
  downloadTitle: { zh: '下载经营分析', en: 'Download the business analysis' },
  format: { zh: '格式', en: 'Format' },
  slides: { zh: '幻灯片（PowerPoint）', en: 'Slides (PowerPoint)' },
  purpose: { zh: '用途', en: 'Purpose' },
  purposeHint: { zh: '图表可在 Office 中直接修改；用途写在每一页上，下载会记入操作日志', en: 'Charts open and change in Office; the purpose stands on each page; the download is journaled' },
  required: { zh: '必填', en: 'Required' },
  downloaded: { zh: '已下载', en: 'Downloaded' },
  meeting: { zh: '月度经营分析会', en: 'Monthly meeting' },
  empty: { zh: '还没有计算过指标', en: 'No indicator is worked out yet' },
  emptyHint: { zh: '指标每天计算一次，也可以在“考核指标”中计算', en: 'Indicators are worked out once a day, or on the page of indicators' },
})
