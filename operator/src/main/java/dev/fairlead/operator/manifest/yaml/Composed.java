package dev.fairlead.operator.manifest.yaml;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value that has been read.
 *
 * @param weight what it would cost written out, in characters, with every alias replaced by what it stands for
 * @param height how many levels it has, likewise
 */
record Composed(JsonNode value, Place place, long weight, int height) {
    Composed at(Position key) {
        return new Composed(value, place.at(key), weight, height);
    }
}
