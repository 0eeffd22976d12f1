package dev.fairlead.operator.simulate.openai;

/**
 * What every piece of one chat answer repeats.
 *
 * @param created seconds since 1970
 * @param model the name the answer carries
 */
record ChatHead(String id, long created, String model, String fingerprint) {

    /** Opens an object of that kind and writes the fields that come first. */
    StringBuilder open(StringBuilder json, String object) {
        json.append("{\"id\":\"").append(id).append("\",\"object\":\"").append(object);
        json.append("\",\"created\":").append(created).append(",\"model\":");
        return JsonText.quoted(json, model);
    }

    /** Writes the fields that a whole answer has last. */
    StringBuilder close(StringBuilder json) {
        return json.append(",\"service_tier\":\"default\",\"system_fingerprint\":\"")
                .append(fingerprint)
                .append('"');
    }
}
