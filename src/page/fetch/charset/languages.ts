/** What is known of a language whose letters, or some of them, are single bytes beyond ASCII. */
export interface Alphabet {
  /** ISO 639-1. */
  readonly language: string;
  /** How it is encoded where nobody says so, the most usual first. */
  readonly encodings: readonly string[];
  /** Its letters beyond ASCII in lower case, the most frequent first. */
  readonly letters: string;
}

const WESTERN = ["windows-1252", "macintosh"] as const;
const CENTRAL = ["windows-1250", "iso-8859-2"] as const;
const BALTIC = ["windows-1257", "iso-8859-13", "iso-8859-4"] as const;
const CYRILLIC = ["windows-1251", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"] as const;

/** Single-byte alphabets. The order of languages does not matter, that of encodings does. */
export const ALPHABETS: readonly Alphabet[] = [
  { language: "fr", encodings: WESTERN, letters: "éèàêçôâîùûëïœüæÿ" },
  { language: "de", encodings: WESTERN, letters: "üäößé" },
  { language: "es", encodings: WESTERN, letters: "óíáéñúü" },
  { language: "pt", encodings: WESTERN, letters: "ãçáéíóêõúâàôü" },
  { language: "it", encodings: WESTERN, letters: "èàùòìéî" },
  { language: "ca", encodings: WESTERN, letters: "óàéèíçúòïü" },
  { language: "nl", encodings: WESTERN, letters: "ëéïóèöü" },
  { language: "sv", encodings: WESTERN, letters: "äöåé" },
  { language: "fi", encodings: WESTERN, letters: "äöå" },
  { language: "no", encodings: WESTERN, letters: "øåæéòóôü" },
  { language: "da", encodings: WESTERN, letters: "åøæé" },
  { language: "is", encodings: WESTERN, letters: "ðáíþóöæéúý" },
  { language: "pl", encodings: CENTRAL, letters: "łęąóżśćńź" },
  { language: "cs", encodings: CENTRAL, letters: "íáéěřčžýšůúňťďó" },
  { language: "sk", encodings: CENTRAL, letters: "áíčýéžšúľťôňóäďŕĺ" },
  { language: "hu", encodings: CENTRAL, letters: "éáöóőüíúű" },
  { language: "ro", encodings: CENTRAL, letters: "ăşţîâ" },
  { language: "hr", encodings: CENTRAL, letters: "čšžćđ" },
  { language: "tr", encodings: ["windows-1254"], letters: "ıüşçöğâîû" },
  { language: "lt", encodings: BALTIC, letters: "ėšųįąžčūę" },
  { language: "lv", encodings: BALTIC, letters: "āīēšūņļžčķģ" },
  { language: "et", encodings: ["windows-1257", "windows-1252"], letters: "äõüöšž" },
  { language: "ru", encodings: CYRILLIC, letters: "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" },
  { language: "uk", encodings: CYRILLIC, letters: "оанивіерткслмудпяьзйгбчхжїцюєшщфґ" },
  { language: "be", encodings: CYRILLIC, letters: "анаеіыорсктлдвупмяьзгбўчйжцшхюэфё" },
  { language: "bg", encodings: CYRILLIC, letters: "аеиотнрсвлкдпмзуябгчъцщжхшйюфь" },
  { language: "sr", encodings: CYRILLIC, letters: "аоиенрстјукдлвпмгбзчшцћжљњхђфџ" },
  {
    language: "el",
    encodings: ["windows-1253", "iso-8859-7"],
    letters: "ατοιενσρκπηςυλμίόάέήδγχθωύώφβξζψϊϋΐΰ",
  },
  {
    language: "he",
    encodings: ["windows-1255", "iso-8859-8"],
    letters: "יוהלאתרבמשנעקדחפכצגםטסזךןףץ",
  },
  {
    language: "ar",
    encodings: ["windows-1256", "iso-8859-6"],
    letters: "اليمنتروبدعةفسكهحقأشىجطصخإذزغثضظءئآؤ",
  },
  { language: "fa", encodings: ["windows-1256"], letters: "اینردهموتبشسکگلزخقعفجحپچطصآغضثذظژء" },
  {
    language: "th",
    encodings: ["windows-874"],
    letters: "านร่อกเง้มทลวัสีไคตยะบดิหปแจาขพใโผ์ชุูถซำึธือฟณศษภญฝฉๆ็",
  },
  { language: "vi", encodings: ["windows-1258"], letters: "\u0300\u0301\u0323\u0309\u0303đâêôăươ" },
];

/** What is known of a language that is written with two bytes for a character. */
export interface Ideography {
  /** ISO 639-1. */
  readonly language: string;
  /** How it is encoded where nobody says so, the most usual first. */
  readonly encodings: readonly string[];
  /** The most frequent characters, in order: half of any text or more. */
  readonly frequent: string;
  /** Nearly all others that are in use: those with these first bytes in an encoding of two bytes, both above 0xA0. */
  readonly usual: UsualCharacters;
}

export interface UsualCharacters {
  readonly encoding: string;
  readonly firstLead: number;
  readonly lastLead: number;
}

export const IDEOGRAPHIES: readonly Ideography[] = [
  {
    language: "ja",
    encodings: ["shift_jis", "euc-jp"],
    frequent:
      "のにはをたとがでてしいなるれまさこもかすらっくりあよきうだけおそつんどえわせめみやばろじ" +
      "ンースルトリアイラクシドタジロコプフテデレサカマッグバビメウオキチニ" +
      "日本人年大国会中一出事者社時上自分間生新学地行月方東見手長全市場合後高家目力代部内思作動" +
      "下今入問理言公三定小体発実以対明関主私気何性",
    // JIS X 0208, level 1.
    usual: { encoding: "euc-jp", firstLead: 0xb0, lastLead: 0xcf },
  },
  {
    language: "zh",
    encodings: ["gb18030"],
    frequent:
      "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过" +
      "发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本" +
      "前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很" +
      "最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度",
    // GB 2312, level 1.
    usual: { encoding: "gb18030", firstLead: 0xb0, lastLead: 0xd7 },
  },
  {
    language: "zh",
    encodings: ["big5"],
    frequent:
      "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過" +
      "發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本" +
      "前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很" +
      "最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度",
    usual: { encoding: "big5", firstLead: 0xa4, lastLead: 0xc6 },
  },
  {
    language: "ko",
    encodings: ["euc-kr"],
    frequent:
      "이다는에의을하가고지로은기사한도를서인자대어리아나시일정수그해전스제과장부여라들보구주만상게비" +
      "트원면조국오니안유성우무신적공동와데세소모연방계선미교문것있치물식생관위경진체명간분내러마습중" +
      "음할했금년던요용으화실거까날당더많말며민바반발법본상새속않없업었였월음작점차출타통표합항행현형",
    // KS X 1001, Hangul.
    usual: { encoding: "euc-kr", firstLead: 0xb0, lastLead: 0xc8 },
  },
];
