import { theme as antd, type ThemeConfig } from 'antd'
import type { Density, Mode } from './settings.ts'

/** Values of the handbook, section 2. Pinned after the algorithm: antd's generator turns a dark seed into mud and `token` cannot override a seed in the dark. */
const light = {
  colorText: '#1B2529', colorTextHeading: '#1B2529', colorTextSecondary: '#4A565C', colorTextLabel: '#4A565C',
  colorTextTertiary: '#5A666C', colorTextDescription: '#5A666C', colorIcon: '#5A666C', colorTextPlaceholder: '#626E74',
  colorTextQuaternary: '#7C8992', colorTextDisabled: '#7C8992',
  colorPrimary: '#17566B', colorLink: '#17566B', colorPrimaryText: '#17566B', colorPrimaryHover: '#1F6C86', colorLinkHover: '#1F6C86', colorPrimaryTextHover: '#1F6C86',
  colorPrimaryActive: '#0E3442', colorLinkActive: '#0E3442', colorPrimaryTextActive: '#0E3442',
  colorPrimaryBg: '#E6F0F3', colorPrimaryBgHover: '#D3E4EA', colorPrimaryBorder: '#9CC1CD', colorPrimaryBorderHover: '#1F6C86',
  colorSuccess: '#0A7358', colorSuccessText: '#0A7358', colorSuccessBg: '#E7F4EF', colorSuccessBorder: '#A5D3C3',
  colorWarning: '#8A5200', colorWarningText: '#8A5200', colorWarningBg: '#FDF3E1', colorWarningBorder: '#E9C48A',
  colorError: '#B3203B', colorErrorText: '#B3203B', colorErrorBg: '#FCECEE', colorErrorBorder: '#EBB1BA', colorErrorHover: '#C93650', colorErrorActive: '#8C122D', colorErrorBorderHover: '#C93650',
  colorInfo: '#2A5DB0', colorInfoText: '#2A5DB0', colorInfoBg: '#EAF1FB', colorInfoBorder: '#AFC7EC',
  colorBorder: '#7C8992', colorBorderDisabled: '#DDE3E6', colorBorderSecondary: '#DDE3E6', colorSplit: '#DDE3E6',
  colorBgLayout: '#F3F5F6', colorBgContainer: '#FFFFFF', colorBgElevated: '#FFFFFF', colorTextLightSolid: '#FFFFFF',
  boxShadowSecondary: '0 6px 20px rgba(14, 52, 66, 0.14), 0 1px 4px rgba(14, 52, 66, 0.10)',
}

const dark: Record<keyof typeof light, string> & { colorBgSpotlight: string } = {
  colorText: '#E3E9EB', colorTextHeading: '#E3E9EB', colorTextSecondary: '#B4BFC4', colorTextLabel: '#B4BFC4',
  colorTextTertiary: '#9AA7AD', colorTextDescription: '#9AA7AD', colorIcon: '#9AA7AD', colorTextPlaceholder: '#93A0A6',
  colorTextQuaternary: '#728188', colorTextDisabled: '#728188',
  colorPrimary: '#6FBBD0', colorLink: '#6FBBD0', colorPrimaryText: '#6FBBD0', colorPrimaryHover: '#8CCBDD', colorLinkHover: '#8CCBDD', colorPrimaryTextHover: '#8CCBDD',
  colorPrimaryActive: '#569FB5', colorLinkActive: '#569FB5', colorPrimaryTextActive: '#569FB5',
  colorPrimaryBg: '#17333C', colorPrimaryBgHover: '#1E424E', colorPrimaryBorder: '#2F6576', colorPrimaryBorderHover: '#8CCBDD',
  colorSuccess: '#55C29E', colorSuccessText: '#55C29E', colorSuccessBg: '#12291F', colorSuccessBorder: '#24553F',
  colorWarning: '#E3B058', colorWarningText: '#E3B058', colorWarningBg: '#2D2312', colorWarningBorder: '#5E4A22',
  colorError: '#F2909D', colorErrorText: '#F2909D', colorErrorBg: '#331A1F', colorErrorBorder: '#6B303B', colorErrorHover: '#F6A9B3', colorErrorActive: '#DE7483', colorErrorBorderHover: '#F6A9B3',
  colorInfo: '#8DB4F0', colorInfoText: '#8DB4F0', colorInfoBg: '#172438', colorInfoBorder: '#30507F',
  colorBorder: '#728188', colorBorderDisabled: '#2B393F', colorBorderSecondary: '#2B393F', colorSplit: '#2B393F',
  colorBgLayout: '#0D1417', colorBgContainer: '#151F23', colorBgElevated: '#1D292E', colorTextLightSolid: '#06222B',
  boxShadowSecondary: '0 6px 20px rgba(0, 0, 0, 0.5), 0 1px 4px rgba(0, 0, 0, 0.4)',
  colorBgSpotlight: '#D5DEE2',
}

/** Colours that antd has no token for. They become custom properties `--yq-…`; so do the values that plain CSS needs. */
const extra = {
  light: { rise: '#C2351A', fall: '#36731A', tier: '#86601F', orange: '#A84300', 'orange-bg': '#FDEDE0', yellow: '#6B5600', 'yellow-bg': '#FFF6CC', focus: '#0E3442', bar: '#0E3442', 'tier-bg': '#F6EFE2', 'header-bg': '#EEF2F3', 'row-hover': '#F5F8F9', 'row-selected': '#E6F0F3', hatch: '#DDE3E6' },
  dark: { rise: '#FF8A70', fall: '#8CC66A', tier: '#D9B36A', orange: '#F5A067', 'orange-bg': '#33210F', yellow: '#E2CB5C', 'yellow-bg': '#2B2710', focus: '#8CCBDD', bar: '#0A2029', 'tier-bg': '#2A2416', 'header-bg': '#1B272C', 'row-hover': '#1A262B', 'row-selected': '#17333C', hatch: '#2B393F' },
} as const

/** Series of charts: at most six, the rest is "other" in grey (handbook, section 2). */
export const chartColours = {
  light: ['#17566B', '#BC842A', '#6592D6', '#3E2C78', '#6E4526', '#A588B5'],
  dark: ['#6FBBD0', '#E3AE4E', '#5E86CC', '#D3C4F7', '#F3E7CF', '#A8744A'],
} as const

export const fontFamily =
  '-apple-system, "Segoe UI", Roboto, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "SimSun-ExtB", sans-serif'

/** Phones are always touch: large targets and inputs of 16 px, else iOS zooms into them. */
export type Look = { mode: Mode; density: Density; touch: boolean; calm: boolean }

/** antd's theme for one look. Never compactAlgorithm: it shrinks text to 12 px. */
export function themeConfig({ mode, density, touch, calm }: Look): ThemeConfig {
  const ours = mode === 'dark' ? dark : light
  const base = mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm
  const own = extra[mode]
  const onPrimary = ours.colorTextLightSolid
  const height = touch ? 44 : density === 'compact' ? 28 : 32
  return {
    cssVar: { key: 'yq' },
    hashed: false,
    algorithm: [base, (_seed, map) => ({ ...(map ?? base(_seed)), ...ours })],
    token: {
      fontFamily, fontSize: 14, borderRadius: 4, borderRadiusSM: 2, borderRadiusLG: 6, wireframe: false, motion: !calm,
      controlHeight: height, controlHeightSM: touch ? 36 : 24, controlHeightLG: touch ? 48 : 40,
      fontSizeSM: 12, fontSizeLG: 16, fontSizeHeading1: 28, fontSizeHeading2: 20, fontSizeHeading3: 20, fontSizeHeading4: 16, fontSizeHeading5: 14,
      lineHeight: 22 / 14, lineHeightSM: 20 / 12, lineHeightLG: 24 / 16, fontWeightStrong: 600,
      motionDurationSlow: '0.2s', motionDurationMid: '0.15s', motionDurationFast: '0.1s',
      ...ours,
      linkDecoration: 'none', linkHoverDecoration: 'underline', linkFocusDecoration: 'underline',
      lineWidthFocus: 2, controlOutline: 'transparent', colorErrorOutline: 'transparent', colorWarningOutline: 'transparent',
      controlItemBgHover: own['row-hover'], controlItemBgActive: own['row-selected'], controlItemBgActiveHover: ours.colorPrimaryBgHover,
    },
    components: {
      Button: { primaryColor: onPrimary, dangerColor: onPrimary, fontWeight: 400, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', contentFontSize: touch ? 16 : 14 },
      Switch: { handleBg: mode === 'dark' ? '#06222B' : '#FFFFFF' },
      ...(mode === 'dark' ? { Checkbox: { colorWhite: '#06222B' }, Radio: { radioColor: '#06222B' } as object } : {}),
      Input: { inputFontSize: touch ? 16 : 14 },
      InputNumber: { inputFontSize: touch ? 16 : 14 },
      Select: { optionFontSize: touch ? 16 : 14, ...(touch ? { fontSize: 16 } : {}) },
      DatePicker: { ...(touch ? { inputFontSize: 16 } : {}) },
      Table: {
        headerBg: own['header-bg'], headerColor: ours.colorTextSecondary, headerSortActiveBg: own['header-bg'], headerSortHoverBg: ours.colorPrimaryBgHover, bodySortBg: 'transparent',
        rowHoverBg: own['row-hover'], rowSelectedBg: own['row-selected'], rowSelectedHoverBg: ours.colorPrimaryBgHover, borderColor: ours.colorBorderSecondary, headerSplitColor: 'transparent',
        headerBorderRadius: 0, cellPaddingBlock: 11, cellPaddingInline: 12, cellPaddingBlockSM: 7, cellPaddingInlineSM: 8, fixedHeaderSortActiveBg: own['header-bg'],
      },
      Tabs: { horizontalItemGutter: 24, titleFontSize: 14, horizontalItemPadding: '10px 0' },
      Tag: { defaultBg: 'transparent', defaultColor: ours.colorTextSecondary },
      Progress: { defaultColor: ours.colorPrimary, remainingColor: ours.colorBorderSecondary },
      Card: { boxShadowTertiary: 'none' },
      Modal: { titleFontSize: 16 },
      Drawer: { footerPaddingBlock: 12, footerPaddingInline: 24 },
      Descriptions: { labelColor: ours.colorTextSecondary, itemPaddingBottom: 8 },
      Steps: { iconSizeSM: 22 },
      Menu: {
        itemBg: 'transparent', subMenuItemBg: 'transparent', itemHeight: touch ? 44 : 36, itemBorderRadius: 4, itemMarginInline: 8, activeBarBorderWidth: 0, groupTitleColor: ours.colorTextTertiary, groupTitleFontSize: 12,
        itemColor: ours.colorText, itemSelectedColor: ours.colorPrimary, itemSelectedBg: ours.colorPrimaryBg, itemHoverBg: own['row-hover'],
      },
      Tooltip: { colorTextLightSolid: mode === 'dark' ? '#06222B' : '#FFFFFF', colorBgSpotlight: mode === 'dark' ? dark.colorBgSpotlight : '#26343A' },
    },
  }
}

/** Custom properties for plain CSS. `colourless` is the setting 增减颜色 = 无色: change then shows by arrow and sign alone. */
export function cssVariables(mode: Mode, colourless: boolean): Record<string, string> {
  const ours = mode === 'dark' ? dark : light
  const own = extra[mode]
  const found: Record<string, string> = {
    '--yq-text': ours.colorText, '--yq-text-2': ours.colorTextSecondary, '--yq-text-3': ours.colorTextTertiary, '--yq-primary': ours.colorPrimary, '--yq-primary-hover': ours.colorPrimaryHover,
    '--yq-primary-bg': ours.colorPrimaryBg, '--yq-primary-border': ours.colorPrimaryBorder, '--yq-border': ours.colorBorder, '--yq-line': ours.colorBorderSecondary,
    '--yq-bg': ours.colorBgContainer, '--yq-page': ours.colorBgLayout, '--yq-float': ours.colorBgElevated,
    '--yq-error': ours.colorError, '--yq-error-bg': ours.colorErrorBg, '--yq-error-border': ours.colorErrorBorder,
    '--yq-warning': ours.colorWarning, '--yq-warning-bg': ours.colorWarningBg, '--yq-warning-border': ours.colorWarningBorder,
    '--yq-success': ours.colorSuccess, '--yq-success-bg': ours.colorSuccessBg, '--yq-success-border': ours.colorSuccessBorder,
    '--yq-info': ours.colorInfo, '--yq-info-bg': ours.colorInfoBg, '--yq-info-border': ours.colorInfoBorder,
    '--yq-shadow': ours.boxShadowSecondary, '--yq-on-primary': ours.colorTextLightSolid,
  }
  for (const [name, value] of Object.entries(own)) found[`--yq-${name}`] = value
  if (colourless) {
    found['--yq-rise'] = ours.colorText
    found['--yq-fall'] = ours.colorText
  }
  return found
}
