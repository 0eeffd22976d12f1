import java.util.HashMap;
import java.util.Map;

/**
 * The load side's own client: {@code Load rate|streams --option value ...}. Prints {@code begin} and {@code end} at the borders
 * of the measured interval, so that whoever started it can read the proxy's CPU time there, and then one JSON line.
 */
final class Load {
    private Load() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            String name = args[i].substring(2);
            options.put(name, name.equals("once") ? "" : args[++i]);
        }
        String result =
                switch (args[0]) {
                    case "rate" -> new RateLoad(options).run();
                    case "streams" -> new StreamLoad(options).run();
                    default -> throw new IllegalArgumentException("rate or streams, not " + args[0]);
                };
        System.out.println(result);
        System.exit(0);
    }
}
