/**
 * Names of the months, January first, as dates are written in about forty languages: in full, shortened, and in
 * the case that stands beside a day. Source: Unicode CLDR. Names that mean one month here and another there are
 * left out, but for `listopad`, which is November in more of them.
 */
const NAMES: readonly string[] = [
  "january jan januar janvier janv enero ene janeiro gennaio gen januari tammikuu tammi " +
    "tammikuuta jaanuar jaan janvāris sausis sausio styczeń sty stycznia leden led ledna január " +
    "januára siječanj sij siječnja јануар јан ianuarie ian януари јануари январь янв января " +
    "січень січ січня студзень сту студзеня ιανουαρίου ιαν ιανουάριος ocak oca yanvar yan gener " +
    "xaneiro xan janúar janar ינואר ינו׳ يناير ژانویه ژانویهٔ जनवरी जन॰ জানুয়ারি জানু มกราคม มค " +
    "იანვარი იან қаңтар қаң",
  "february feb februar février févr febrero fevereiro fev febbraio februari helmikuu helmi " +
    "helmikuuta veebruar veebr februāris febr vasaris vasario luty lut lutego únor úno února " +
    "február februára veljača velj veljače фебруар феб februarie февруари фев февраль февр " +
    "февраля лютий лют лютого люты лютага φεβρουαρίου φεβ φεβρουάριος şubat şub fevral febrer " +
    "febreiro febrúar shkurt shk פברואר פבר׳ فبراير فوریه فوریهٔ फ़रवरी फ़र॰ ফেব্রুয়ারি ফেব " +
    "กุมภาพันธ์ กพ თებერვალი თებ ақпан ақп",
  "march mar märz mär mars marzo março maart mrt marts maaliskuu maalis maaliskuuta märts kovas " +
    "kovo marzec marca březen bře března marec ožujak ožu ožujka март мар mart március márc " +
    "martie марта березень бер березня сакавік сак сакавіка μαρτίου μαρ μάρτιος març maret mac " +
    "מרץ مارس मार्च মার্চ มีนาคม มีค მარტი მარ наурыз нау",
  "april apr avril avr abril abr aprile huhtikuu huhti huhtikuuta aprill aprīlis balandis " +
    "balandžio kwiecień kwi kwietnia duben dub dubna apríl apríla travanj tra travnja април апр " +
    "április ápr aprilie апрель апреля квітень квіт квітня красавік кра красавіка απριλίου απρ " +
    "απρίλιος nisan nis aprel prill pri אפריל אפר׳ أبريل آوریل अप्रैल এপ্রিল এপ্রি เมษายน เมย " +
    "აპრილი აპრ сәуір сәу",
  "may mai mayo maio maggio mag mei maj toukokuu touko toukokuuta maijs gegužė gegužės maja " +
    "květen kvě května máj mája svibanj svi svibnja мај május май мая травень трав травня μαΐου " +
    "μαΐ μάιος mayıs maig maí מאי مايو مه مهٔ मई মে พฤษภาคม พค მაისი მაი мамыр мам",
  "june jun juni juin junio junho giugno giu kesäkuu kesä kesäkuuta juuni jūnijs jūn birželis " +
    "birželio czerwiec cze czerwca červen čvn června jún júna junij lipanj lipnja јун június " +
    "iunie iun юни јуни июнь июня июн червень черв червня чэрвень чэр чэрвеня ιουνίου ιουν " +
    "ιούνιος haziran haz iyun iyn juny xuño júní qershor qer יוני يونيو ژوئن जून জুন มิถุนายน มิย " +
    "ივნისი ივნ маусым мау",
  "july jul juli juillet juil julio julho luglio lug heinäkuu heinä heinäkuuta juuli jūlijs jūl " +
    "liepa liepos lipiec lipca červenec čvc července júl júla julij srpanj srpnja јул július " +
    "iulie iul юли јули июль июля июл липень лип липня ліпень ліп ліпеня ιουλίου ιουλ ιούλιος " +
    "temmuz tem iyul iyl juliol xullo xul julai júlí korrik korr יולי يوليو ژوئیه ژوئیهٔ जुलाई " +
    "जुल॰ জুলাই জুল กรกฎาคม กค ივლისი ივლ шілде шіл",
  "august aug août agosto ago augustus augusti elokuu elo elokuuta augusts rugpjūtis rugpjūčio " +
    "sierpień sie sierpnia srpen srpna augusta avgust avg kolovoz kol kolovoza август авг " +
    "augusztus августа серпень серп серпня жнівень жні жніўня αυγούστου αυγ αύγουστος ağustos ağu " +
    "avqust avq agost ag agustus agu ogos ogo ágúst ágú gusht gush אוגוסט אוג׳ أغسطس اوت अगस्त " +
    "अग॰ আগস্ট আগ สิงหาคม สค აგვისტო აგვ тамыз там",
  "september sep sept septembre septiembre setembro set settembre syyskuu syys syyskuuta " +
    "septembris rugsėjis rugsėjo wrzesień wrz września září zář septembra rujan ruj rujna " +
    "септембар сеп septembar szeptember szept septembrie септември сентябрь сент сентября " +
    "вересень вер вересня верасень верасня σεπτεμβρίου σεπ σεπτέμβριος eylül eyl sentyabr sen " +
    "setembre shtator sht ספטמבר ספט׳ سبتمبر سپتامبر सितंबर सित॰ সেপ্টেম্বর সেপ্ট সেপ กันยายน กย " +
    "სექტემბერი სექ қыркүйек қыр",
  "october oct oktober okt octobre octubre outubro out ottobre ott lokakuu loka lokakuuta " +
    "oktoober oktobris spalis spalio październik paź października říjen říj října október októbra " +
    "октобар окт oktobar octombrie октомври октябрь октября жовтень жовт жовтня кастрычнік кас " +
    "кастрычніка οκτωβρίου οκτ οκτώβριος ekim eki oktyabr tetor tet אוקטובר אוק׳ أكتوبر اکتبر " +
    "अक्टूबर अक्टू॰ অক্টোবর অক্টো ตุลาคม ตค ოქტომბერი ოქტ қазан қаз",
  "november nov novembre noviembre novembro marraskuu marras marraskuuta novembris lapkritis " +
    "lapkričio listopadu novembra studeni stu studenoga новембар нов novembar noiembrie ноември " +
    "ное ноябрь нояб ноября листопад лист листопада лістапад ліс лістапада νοεμβρίου νοε " +
    "νοέμβριος kasım kas noyabr noy nóvember nóv nëntor nën נובמבר נוב׳ نوفمبر نوامبر नवंबर नव॰ " +
    "নভেম্বর নভে พฤศจิกายน พย ნოემბერი ნოე қараша қар listopad listopada",
  "december dec dezember dez décembre déc diciembre dic dezembro dicembre desember des joulukuu " +
    "joulu joulukuuta detsember dets decembris gruodis gruodžio grudzień gru grudnia prosinec pro " +
    "prosince decembra prosinac prosinca децембар дец decembar decembrie декември дек декабрь " +
    "декабря грудень груд грудня снежань сне снежня δεκεμβρίου δεκ δεκέμβριος aralık ara dekabr " +
    "dek desembre decembro disember dis dhjetor dhj דצמבר דצמ׳ ديسمبر دسامبر दिसंबर दिस॰ ডিসেম্বর " +
    "ডিসে ธันวาคม ธค დეკემბერი დეკ желтоқсан жел",
];

const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, month) => names.split(" ").map((name) => [name, month + 1])),
);

/** The number of a month from its name in any language, 1 for January; null for other words. */
export function monthNamed(name: string): number | null {
  return MONTHS.get(name.normalize("NFC").toLowerCase().replace(/\.$/, "")) ?? null;
}
