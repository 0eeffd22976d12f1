import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * {@code Allocated PID}: for every line on standard input, prints how many bytes the threads of that JVM have allocated so
 * far, by the JVM's own counters. Threads that serve this very question are left out.
 */
final class Allocated {
    private Allocated() {}

    public static void main(String[] args) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(args[0]);
        String address = machine.startLocalManagementAgent();
        machine.detach();
        try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            while (lines.readLine() != null) {
                System.out.println(bytes(server));
            }
        }
    }

    private static long bytes(MBeanServerConnection server) throws Exception {
        var threading = new ObjectName("java.lang:type=Threading");
        long[] ids = (long[]) server.getAttribute(threading, "AllThreadIds");
        String[] ofIds = {long[].class.getName()};
        long[] allocated = (long[]) server.invoke(threading, "getThreadAllocatedBytes", new Object[] {ids}, ofIds);
        var infos = (CompositeData[]) server.invoke(threading, "getThreadInfo", new Object[] {ids}, ofIds);
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && allocated[i] > 0 && !ours(ThreadInfo.from(infos[i]).getThreadName())) {
                sum += allocated[i];
            }
        }
        return sum;
    }

    private static boolean ours(String thread) {
        return thread.startsWith("RMI ") || thread.startsWith("JMX ") || thread.startsWith("Attach ");
    }
}
