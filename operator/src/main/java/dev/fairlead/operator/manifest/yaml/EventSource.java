package dev.fairlead.operator.manifest.yaml;

import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The parser's events for one document's text, and the only place where the parser's exceptions are met. */
final class EventSource {
    private final DocumentSplitter.Part part;
    private final SyntaxMessages messages;
    private final Iterator<Event> events;
    private Position last;

    EventSource(DocumentSplitter.Part part, SyntaxMessages messages) {
        this.part = part;
        this.messages = messages;
        this.last = new Position(part.firstLine(), 1);
        // The label would be a file's name in messages of the library, which nobody sees.
        var settings = LoadSettings.builder().setLabel("").setBufferSize(8192).build();
        this.events = new Parse(settings).parseString(part.text()).iterator();
    }

    /** The next event; after the last one it is the end of the stream. */
    Event next() throws Unreadable {
        try {
            var event = events.next();
            last = position(event);
            return event;
        } catch (YamlEngineException e) {
            throw new Unreadable(messages.problem(e, part));
        } catch (RuntimeException e) {
            // The parser has bugs: version 2.10 throws NumberFormatException for a quoted text that ends in \\u.
            throw new Unreadable(new YamlProblem(last, "not valid YAML: the text after this cannot be understood"));
        }
    }

    Position position(Event event) {
        return event.getStartMark()
                .map(mark -> new Position(part.firstLine() + mark.getLine(), mark.getColumn() + 1))
                .orElseThrow();
    }
}
