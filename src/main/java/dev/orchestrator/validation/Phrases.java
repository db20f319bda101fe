package dev.orchestrator.validation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What agents say when they did not do a task. Each pattern is for one sentence, without what it quotes. Pure. */
final class Phrases {
    /** The task as a whole, not a part of it that a report may well say was left out. */
    private static final String TASK = "(?:the|this|that|your)\\s+(?:requested\\s+|whole\\s+|entire\\s+)?"
            + "(?:task|request|job|assignment|work|review|analysis|summary|investigation|translation|conversion)\\b";

    private static final String DO =
            "(?:complete|finish|carry out|do|perform|fulfil+|accomplish|execute|solve|provide|produce|give)";
    /** With more behind it, it may be about something that only sounds like it. */
    private static final String THAT_IS_ALL = "(?=\\W*$|\\s*[.,:;!]|\\s+(?:because|since|as|due|without|for lack)\\b)";

    private static final String CANNOT = "(?:(?:was|were|am|are|['\u2019]m|have been)\\s+(?:not\\s+able|unable)\\s+to"
            + "|(?:could|can)(?:\\s*not|n['\u2019]t)|(?:did|have)(?:\\s+not|n['\u2019]t)\\s+manage[d]?\\s+to|failed\\s+to)";

    private static final List<Pattern> GIVES_UP = Stream.of(
                    "\\b(?:I|we)\\s*" + CANNOT + "\\s+(?:\\w+ly\\s+)?" + DO + "\\s+" + TASK,
                    "\\b(?:I|we)\\s*" + CANNOT
                            + "\\s+(?:provide|produce|give(?: you)?)\\s+an?\\s+(?:summary|review|analysis|answer)\\b",
                    "\\bit\\s+(?:was|is)\\s+not\\s+possible\\s+(?:for me\\s+)?to\\s+" + DO + "\\s+" + TASK,
                    "\\bI\\s+(?:(?:have to|must|had to)\\s+)?g[ia]ve\\s+up\\b(?!\\s+(?:on|the|my))",
                    "\\bI\\s+(?:ran|have run)\\s+out\\s+of\\s+(?:time|turns|context|budget|tokens)\\s+before\\b",
                    "\\bI\\s*(?:cannot|can\\s*not|can['\u2019]t|won['\u2019]t|am (?:unable|not able) to|['\u2019]m (?:unable|not able) to)"
                            + "\\s+(?:help|assist|comply)\\b(?!\\s+but)",
                    "\\bI\\s*(?:do not|don['\u2019]t)\\s+have\\s+access\\s+to\\s+(?:your|the)\\s+files?\\s*(?:[,.;]|$)",
                    "\\bI\\s*(?:won['\u2019]t|will not) be able to\\s+(?:do (?:this|that|it)\\b|help|assist|" + DO
                            + "\\s+" + TASK + ")",
                    "\\bI\\s*(?:must|have to|need to|am going to|['\u2019]m going to)\\s+(?:respectfully\\s+)?decline"
                            + "(?:\\s+(?:this|that|your)\\s+(?:task|request)|\\s+to\\s+(?:help|assist|do|answer))?"
                            + THAT_IS_ALL,
                    "\\bI\\s*(?:am|['\u2019]m)\\s+(?:not comfortable|uncomfortable)\\s+(?:with\\s+)?(?:helping|assisting|doing)\\b",
                    "\\bI\\s*(?:am|['\u2019]m)\\s+(?:unable|not able)\\s+to\\s+(?:proceed|continue)\\b",
                    "^\\W*(?:(?:sorry|unfortunately)\\W+)?(?:(?:I am |I['\u2019]m )?unable to|can(?:\\s*not|['\u2019]t)|could(?: not|n['\u2019]t))\\s+"
                            + "(?:" + DO + "\\s+(?:" + TASK
                            + "|that\\b)|(?:help|assist)(?:\\s+(?:you|with\\s+(?:this|that)))?)"
                            + THAT_IS_ALL,
                    "\\bas an AI(?: language)?(?: model)?\\s*,\\s*I\\s+(?:do not|don['\u2019]t|cannot|can['\u2019]t|am unable|am not able)",
                    "\\bich\\s+(?:konnte|kann)\\s+(?:die|diese|den|das)\\s+(?:Aufgabe|Auftrag|Analyse|Pr\u00fcfung|Anfrage)\\b[^,]{0,40}"
                            + "\\bnicht\\s+(?:\\w+\\s+)?(?:abschlie\u00dfen|erledigen|l\u00f6sen|durchf\u00fchren|beenden|fertigstellen|ausf\u00fchren)",
                    "\\b(?:ich\\s+kann|kann\\s+ich)\\s+(?:(?:dir|Ihnen|leider)\\s+){0,2}(?:dabei|damit|hierbei)\\s+(?:leider\\s+)?nicht\\s+"
                            + "(?:helfen|weiterhelfen)\\b",
                    "\\b(?:dabei|damit|hierbei|leider)\\s+kann\\s+ich\\s+(?:(?:dir|Ihnen|leider|dabei|damit)\\s+){0,3}nicht\\s+"
                            + "(?:helfen|weiterhelfen)\\b",
                    "\\bkann\\s+ich\\s+(?:die|diese|den|diesen)\\s+(?:Aufgabe|Auftrag|Anfrage)\\s+(?:leider\\s+)?nicht\\s+"
                            + "(?:bearbeiten|erledigen|ausf\u00fchren|erf\u00fcllen)\\b",
                    "\\bmir\\s+nicht\\s+m\u00f6glich\\s*,\\s*(?:die|diese|den|das)\\s+(?:Aufgabe|Auftrag|Analyse|Pr\u00fcfung|Anfrage)\\b",
                    "\\bje\\s+n['\u2019]ai\\s+pas\\s+(?:pu|r\u00e9ussi\\s+\u00e0)\\s+(?:terminer|accomplir|achever|effectuer)\\s+"
                            + "(?:la|cette|le|ce|l['\u2019])\\s*(?:t\u00e2che|travail|analyse|demande)\\b",
                    "\\bno\\s+(?:pude|he podido|fue posible)\\s+(?:completar|terminar|realizar)\\s+(?:la|esta|el|este)\\s+"
                            + "(?:tarea|trabajo|an\u00e1lisis|solicitud)\\b",
                    "\\bje\\s+ne\\s+(?:peux|suis)\\s+(?:malheureusement\\s+)?pas\\s+(?:en mesure de\\s+)?(?:vous\\s+|t['\u2019])?aider\\b",
                    "\\bno\\s+puedo\\s+(?:ayudar(?:te|le)?\\s+con|(?:completar|realizar)\\s+(?:la|esta|el|este)\\s+"
                            + "(?:tarea|trabajo|solicitud))\\b",
                    "\\bnon\\s+posso\\s+(?:completare|svolgere|eseguire)\\s+(?:questa|questo|la|il)\\s+"
                            + "(?:attivit\u00e0|compito|richiesta)\\b",
                    "\\bn\u00e3o\\s+(?:consigo|posso)\\s+(?:concluir|completar|realizar|executar)\\s+(?:esta|essa|este|a|o)\\s+"
                            + "(?:tarefa|trabalho|solicita\u00e7\u00e3o)\\b",
                    "\\b\u043d\u0435\\s+(?:\u043c\u043e\u0433\u0443|\u0441\u043c\u043e\u0433)\\s+\u0432\u044b\u043f\u043e\u043b\u043d\u0438\u0442\u044c\\s+(?:\u044d\u0442\u0443|\u0434\u0430\u043d\u043d\u0443\u044e|\u0432\u0430\u0448\u0443)\\s+"
                            + "(?:\u0437\u0430\u0434\u0430\u0447\u0443|\u043f\u0440\u043e\u0441\u044c\u0431\u0443)",
                    "(?:\u65e0\u6cd5|\u4e0d\u80fd)(?:\u5b8c\u6210|\u6267\u884c|\u5904\u7406)(?:\u6b64|\u8be5|\u8fd9\u4e2a|\u8fd9\u9879|\u60a8\u7684)(?:\u4efb\u52a1|\u8bf7\u6c42)",
                    "(?:\u30bf\u30b9\u30af|\u4f9d\u983c|\u8981\u6c42)(?:\u3092|\u306b)(?:\u5b8c\u4e86|\u5b9f\u884c|\u5bfe\u5fdc)(?:\u3067\u304d\u307e\u305b\u3093|\u3059\u308b\u3053\u3068\u306f\u3067\u304d\u307e\u305b\u3093)")
            .map(Phrases::compiled)
            .toList();

    /** Who says so may well speak of what the task is about: of jobs, of requests, of somebody's review. */
    private static final Pattern NOT_DONE = compiled("\\b(?:the|this)\\s+(task|request|review|analysis|work|job)\\s+"
            + "(?:could\\s*not|couldn['\u2019]t|can\\s*not|can['\u2019]t|was\\s+not)\\s+(?:be\\s+)?"
            + "(?:completed|finished|done|carried out|performed)\\b");

    private static final Pattern OF_OURS = compiled(
            "\\b(?:the|this)\\s+(?:task|review|analysis)\\s[^.]{0,20}\\b(?:completed|finished|done|carried out|performed)"
                    + THAT_IS_ALL);

    /** It got there in the end. */
    private static final Pattern AT_FIRST =
            compiled("\\b(?:at first|initially|first (?:attempt|try|run)|until|zunächst)\\b");
    /** It did something else instead, or got there after all. */
    private static final Pattern GOES_ON = compiled("\\b(?:but|however|instead|nevertheless|eventually|afterwards"
            + "|in the end|at first|initially|aber|jedoch|stattdessen|mais|cependant|pero|still|so far|from what)\\b");

    private static final Pattern APOLOGY =
            compiled("^\\W*(?:I(?:['\u2019]m| am)?\\s+)?(?:(?:so|very|deeply|really|sincerely)\\s+)*+"
                    + "(?:sorry|apologi[sz]e|apologies|my apologies)\\b[^,;]{0,60}$");
    private static final String OPENING =
            "^\\W*(?:(?:sure|okay|ok|great|alright|certainly|of course|understood|got it|now|next"
                    + "|first|then|so|to do so|to begin)\\W+)*+";
    private static final String PROMISING = "(?:I(?:['\u2019]ll| will|(?: am|['\u2019]m) (?:now )?(?:going|about) to)"
            + "|let me(?! know)|let['\u2019]s|I should (?:now )?(?:look|read|start)|starting (?:now )?(?:with|by)"
            + "|ich werde|je vais|voy a)\\b";
    private static final Pattern PROMISE = compiled(OPENING + PROMISING + "|^(?:sure|okay|great|understood)\\W*$");
    private static final Pattern PROMISE_TO_LOOK = compiled(OPENING + PROMISING
            + "\\W+(?:(?:now|first|then|just|start|begin|quickly|by|jetzt|maintenant)\\W+)*+"
            + "(?:look|looking|read|reading|check|examin|explor|inspect|investigat|list|analy|review|stud|search|untersuch)"
            + "|^(?:sure|okay|great|understood)\\W*$");

    private Phrases() {}

    private static Pattern compiled(String pattern) {
        return Pattern.compile(
                pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    static boolean givesUp(String sentence) {
        return (NOT_DONE.matcher(sentence).find() || saysSoOfItself(sentence))
                && !AT_FIRST.matcher(sentence).find();
    }

    private static boolean saysSoOfItself(String sentence) {
        return GIVES_UP.stream().anyMatch(pattern -> pattern.matcher(sentence).find());
    }

    /** True when {@code sentence}, which gives up, may be an answer all the same. */
    static boolean mayBeAnAnswer(String sentence, boolean toQuestion) {
        return !saysSoOfItself(sentence)
                && (toQuestion || !OF_OURS.matcher(sentence).find());
    }

    static boolean goesOn(String text) {
        return GOES_ON.matcher(withoutPoliteness(text)).find();
    }

    /** "I'm sorry, but" announces nothing. */
    private static String withoutPoliteness(String text) {
        return text.replaceAll("(?i)sorry,?\\s+but\\b", "sorry");
    }

    static boolean isApology(String sentence) {
        return APOLOGY.matcher(sentence).find();
    }

    static boolean isPromise(String sentence) {
        return PROMISE.matcher(sentence).find();
    }

    /** "Okay." promises to go on, and may answer a question. */
    static boolean isOneWord(String sentence) {
        return Words.of(sentence).size() == 1;
    }

    static boolean isPromiseToLook(String sentence) {
        return PROMISE_TO_LOOK.matcher(sentence).find();
    }
}
